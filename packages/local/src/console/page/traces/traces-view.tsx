/** The traces: the list, and one as a waterfall. */
import { tracesSchema } from "../../../console-api/traces-view.ts";
import { dateAndTime, duration } from "../format.ts";
import { Problem } from "../problem.tsx";
import { hrefOf } from "../route.ts";
import { Table } from "../table.tsx";
import { listIn, useData } from "../use-data.ts";
import { TraceDetail } from "./trace-detail.tsx";

/** The view; `selected` is the id of the trace that is shown. */
export function TracesView({ selected }: { selected: string | undefined }) {
  return selected === undefined ? <List /> : <TraceDetail key={selected} id={selected} />;
}

function List() {
  const read = useData("/traces", tracesSchema);
  return (
    <section aria-label="Newest traces">
      <Problem text={read.problem} />
      <Table
        caption="Traces"
        columns={["time", "trace", "root", "status", "took", "outcome"]}
        rows={listIn(read, (data) => data.traces)?.map((trace) => [
          dateAndTime(trace.startedAt),
          <a key={trace.id} href={hrefOf("traces", trace.id)}>
            {trace.id}
          </a>,
          [trace.method, trace.name].filter((text) => text !== null).join(" "),
          trace.status ?? "",
          duration(trace.durationMs),
          trace.flag,
        ])}
        none="No trace yet. Functions and stages with tracing record them."
      />
    </section>
  );
}
