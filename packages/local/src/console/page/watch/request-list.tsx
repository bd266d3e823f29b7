/** The list of requests, newest first. */
import { useState } from "hono/jsx/dom";
import { duration, timeOfDay } from "../format.ts";
import { None } from "../none.tsx";
import { hrefOf } from "../route.ts";
import { describeOutcome, outcomeOf, titleOf } from "./outcome.ts";
import type { RequestSummary } from "./request.ts";

/** Rows that are drawn at first, and more by each press of the button. */
const PAGE = 50;

interface RequestListProps {
  /** Undefined while nothing is known of them. */
  readonly requests: readonly RequestSummary[] | undefined;
  readonly selected: string | undefined;
}

/** The list; a row leads to its request. */
export function RequestList({ requests, selected }: RequestListProps) {
  const [shown, setShown] = useState(PAGE);
  if (requests === undefined || requests.length === 0) {
    return <None of={requests} text="No request yet, or none that matches." />;
  }
  return (
    <>
      <ol class="requests">
        {requests.slice(0, shown).map((request) => (
          <Row key={request.id} request={request} isSelected={request.id === selected} />
        ))}
      </ol>
      {requests.length > shown ? (
        <button type="button" onClick={() => setShown(shown + PAGE)}>
          Show {Math.min(PAGE, requests.length - shown)} more of {requests.length}
        </button>
      ) : null}
    </>
  );
}

function Row({ request, isSelected }: { request: RequestSummary; isSelected: boolean }) {
  const { id, status, startedAt, durationMs } = request;
  return (
    <li>
      <a href={hrefOf("requests", id)} aria-current={isSelected ? "true" : undefined}>
        <span class={`status ${outcomeOf(request)}`}>{status ?? "…"}</span>
        <span class="target">{titleOf(request)}</span>
        <span class="outcome">{describeOutcome(request)}</span>
        <span class="time">
          {timeOfDay(startedAt)}
          {durationMs === null ? "" : `, ${duration(durationMs)}`}
        </span>
      </a>
    </li>
  );
}
