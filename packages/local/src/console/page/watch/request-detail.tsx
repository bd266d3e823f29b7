/** One request, whole: what came of it, its steps, its messages, its log lines, and a replay. */
import { useRef } from "hono/jsx/dom";
import { duration, timeOfDay } from "../format.ts";
import { useEffect } from "../hooks.ts";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { hrefOf } from "../route.ts";
import { Message } from "./message.tsx";
import { describeOutcome, outcomeOf, titleOf } from "./outcome.ts";
import { Replay } from "./replay.tsx";
import type { RequestDetails } from "./request.ts";
import { Waterfall } from "./waterfall.tsx";

interface RequestDetailProps {
  readonly request: RequestDetails | undefined;
  readonly problem: string | undefined;
  readonly isSelected: boolean;
  /** Whether tokens and names are shown. */
  readonly isRevealed: boolean;
  readonly onReveal: (isRevealed: boolean) => void;
}

/** The request, or why there is none. */
export function RequestDetail({ request, problem, isSelected, ...masking }: RequestDetailProps) {
  return (
    <>
      {isSelected ? (
        <a class="back" href={hrefOf("requests")}>
          ← All requests
        </a>
      ) : null}
      <Problem text={problem} />
      {request === undefined ? null : (
        <Whole key={request.id} request={request} isSelected={isSelected} {...masking} />
      )}
    </>
  );
}

type WholeProps = Omit<RequestDetailProps, "request" | "problem"> & {
  readonly request: RequestDetails;
};

function Whole({ request, isSelected, isRevealed, onReveal }: WholeProps) {
  const {
    id,
    traceId,
    method,
    target,
    status,
    durationMs,
    startedAt,
    answeredBy,
    replayOf,
    steps,
    droppedSteps,
  } = request;
  const heading = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isSelected) heading.current?.focus();
  }, [isSelected]);
  return (
    <article>
      <h2 ref={heading} tabindex={-1}>
        <span class={`status ${outcomeOf(request)}`}>{status ?? "…"}</span> {titleOf(request)}
      </h2>
      <p class="quiet">{describeOutcome(request)}</p>
      <dl class="facts">
        <dt>request id</dt>
        <dd>{id}</dd>
        {traceId === "" ? null : (
          <>
            <dt>trace id</dt>
            <dd>
              <a href={hrefOf("traces", traceId)}>{traceId}</a>
            </dd>
          </>
        )}
        <dt>at</dt>
        <dd>
          {timeOfDay(startedAt)}
          {durationMs === null ? "" : `, answered after ${duration(durationMs)}`}
        </dd>
        {replayOf === null ? null : (
          <>
            <dt>replay of</dt>
            <dd>
              <a href={hrefOf("requests", replayOf)}>{replayOf}</a>
            </dd>
          </>
        )}
      </dl>
      <Waterfall steps={steps} />
      {droppedSteps === 0 ? null : <p class="quiet">{droppedSteps} more steps were not kept.</p>}
      <Reveal isRevealed={isRevealed} onReveal={onReveal} />
      <Message title="Request" line={`${method} ${target}`} message={request.request} />
      {request.response === null ? null : (
        <Message title="Response" line={String(status)} message={request.response} />
      )}
      <Logs lines={request.logs} />
      {answeredBy === "aws-call" ? null : <Replay request={request} />}
    </article>
  );
}

function Logs({ lines }: { lines: RequestDetails["logs"] }) {
  return (
    <details class="fold">
      <summary>
        Log lines <code>{lines.length}</code>
      </summary>
      <ol class="log-lines">
        {lines.map(({ timestamp, group, message }, index) => (
          <li key={index}>
            <span class="time">{timeOfDay(timestamp)}</span> {group}
            <pre>{message}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}
