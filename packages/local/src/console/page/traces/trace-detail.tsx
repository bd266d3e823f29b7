/** One trace: its segments on a common axis of time. */
import { traceDetail } from "../../../console-api/traces-view.ts";
import { dateAndTime, duration } from "../format.ts";
import { Problem } from "../problem.tsx";
import { hrefOf } from "../route.ts";
import { useData } from "../use-data.ts";
import { Segments } from "./segments.tsx";

/** The trace, or why there is none. */
export function TraceDetail({ id }: { id: string }) {
  const { data, problem } = useData(`/traces/${encodeURIComponent(id)}`, traceDetail);
  return (
    <section aria-label="One trace">
      <p>
        <a href={hrefOf("traces")}>← All traces</a>
      </p>
      <h2>{id}</h2>
      <Problem text={problem} />
      {data === undefined ? null : (
        <>
          <dl class="facts">
            <dt>at</dt>
            <dd>
              {dateAndTime(data.startedAt)}, took {duration(data.durationMs)}
            </dd>
            <dt>outcome</dt>
            <dd>{data.flag}</dd>
            <dt>requests</dt>
            <dd>
              {data.requestIds.length === 0 ? "none that is recorded" : null}
              {data.requestIds.map((request) => (
                <a key={request} href={hrefOf("requests", request)}>
                  {request}
                </a>
              ))}
            </dd>
          </dl>
          {data.isTruncated ? <p class="quiet">It is too large: segments were dropped.</p> : null}
          <Segments rows={data.rows} />
        </>
      )}
    </section>
  );
}
