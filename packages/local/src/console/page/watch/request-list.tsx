/** The list of requests, newest first. */
import type { Child } from "hono/jsx/dom";
import { duration, timeOfDay } from "../format.ts";
import { None } from "../none.tsx";
import { Paged } from "../paged.tsx";
import { hrefOf } from "../route.ts";
import { describeOutcome, outcomeOf, titleOf } from "./outcome.ts";
import type { RequestSummary } from "./request.ts";

interface RequestListProps {
  /** Undefined while nothing is known of them. */
  readonly requests: readonly RequestSummary[] | undefined;
  /** Shown in place of a list without requests. */
  readonly none: Child;
  readonly selected: string | undefined;
}

/** The list; a row leads to its request. */
export function RequestList({ requests, none, selected }: RequestListProps) {
  if (requests === undefined || requests.length === 0) {
    return <None of={requests} text={none} />;
  }
  const draw = (shown: typeof requests) => (
    <ol class="requests">
      {shown.map((request) => (
        <Row key={request.id} request={request} isSelected={request.id === selected} />
      ))}
    </ol>
  );
  return <Paged items={requests} size={50} draw={draw} />;
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
