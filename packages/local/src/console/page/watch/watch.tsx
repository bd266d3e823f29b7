/** The requests as they come: the picture, the list, and one request in detail. */
import { useMemo, useRef } from "hono/jsx/dom";
import { useState } from "../hooks.ts";
import { Problem } from "../problem.tsx";
import { hrefOf } from "../route.ts";
import { everything, matches, type Filter } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import { lightsOf } from "./lights.ts";
import { MOST } from "./newest-requests.ts";
import { addNames, type PartNames } from "./part-names.ts";
import { Picture } from "./picture.tsx";
import { RequestDetail } from "./request-detail.tsx";
import { RequestList } from "./request-list.tsx";
import { useRequest } from "./use-request.ts";
import { useRequests } from "./use-requests.ts";

/** The view; `selected` is the id of the request that is shown, the newest by default. */
export function Watch({ selected }: { selected: string | undefined }) {
  const [isPaused, setPaused] = useState(false);
  const [isRevealed, setRevealed] = useState(false);
  const [filter, setFilter] = useState<Filter>(everything);
  const names = useRef<PartNames>(new Map());
  const { list: read, problem } = useRequests(isPaused);
  const list = read ?? [];
  const found = useMemo(() => list.filter((request) => matches(request, filter)), [list, filter]);
  const id = selected ?? found[0]?.id;
  // After an error nothing can be said of a list that was empty.
  const isKnown = read !== undefined && (problem === undefined || list.length > 0);
  const shown = useRequest(
    id,
    isRevealed,
    list.find((request) => request.id === id),
    selected !== undefined,
  );
  if (shown.request !== undefined) names.current = addNames(names.current, shown.request.steps);
  return (
    <>
      <Problem text={problem} />
      <Picture lights={lightsOf(shown.request?.steps ?? [])} names={names.current} />
      <div class={selected === undefined ? "columns" : "columns with-selection"}>
        <section aria-label="All requests">
          <FilterBar
            filter={filter}
            onFilter={setFilter}
            requests={list}
            isPaused={isPaused}
            onPause={setPaused}
          />
          <p class="quiet">{isKnown ? describeCount(found.length, list.length, isPaused) : ""}</p>
          <RequestList
            requests={isKnown ? found : undefined}
            none={list.length === 0 ? <Guide /> : "No request matches the filters."}
            selected={id}
          />
        </section>
        {id === undefined ? null : (
          <section aria-label="One request">
            <RequestDetail
              {...shown}
              isSelected={selected !== undefined}
              isRevealed={isRevealed}
              onReveal={setRevealed}
            />
          </section>
        )}
      </div>
    </>
  );
}

const Guide = () => (
  <>
    No request yet. Send one, by <code>curl</code> or <a href={hrefOf("attack")}>as a user</a>: it
    is shown here, with every layer that it passed.
  </>
);

function describeCount(found: number, all: number, isPaused: boolean): string {
  const newest = all < MOST ? all : `the newest ${all}`;
  const count = found === all ? newest : `${found} of ${newest}`;
  return `${count} ${all === 1 ? "request" : "requests"}${isPaused ? ", paused" : ""}`;
}
