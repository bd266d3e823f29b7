/** The traces: the list, and one as a waterfall. */
import { tracesSchema } from "../../../console-api/traces-view.ts";
import { onSubmit, textIn } from "../form.ts";
import { dateAndTime, duration } from "../format.ts";
import { useState } from "../hooks.ts";
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
  const [filter, setFilter] = useState("");
  const read = useData(`/traces?filter=${encodeURIComponent(filter)}`, tracesSchema);

  const submit = onSubmit((fields) => setFilter(textIn(fields, "filter").trim()));

  return (
    <section aria-label="Newest traces">
      <form class="filters" role="search" onSubmit={submit}>
        <input
          name="filter"
          type="search"
          aria-label="Filter expression"
          aria-describedby="filter-help"
          placeholder="fault OR responsetime > 1"
        />
        <button type="submit">Filter</button>
      </form>
      <p id="filter-help" class="quiet">
        A filter expression of X-Ray. The newest 100 traces that match are listed.
      </p>
      <Problem text={read.problem} />
      <Table
        caption="Traces"
        columns={["time", "trace", "request", "outcome", "took"]}
        rows={listIn(read, (data) => data.traces)?.map((trace) => [
          dateAndTime(trace.startedAt),
          <a key={trace.id} href={hrefOf("traces", trace.id)}>
            {trace.id}
          </a>,
          [trace.method, trace.path ?? trace.name].filter((text) => text !== null).join(" "),
          [trace.status, trace.flag].filter((text) => text !== null).join(" "),
          duration(trace.durationMs),
        ])}
        none={
          filter === ""
            ? "No trace yet. Send a request: stages and functions with tracing record it."
            : "No trace matches the expression."
        }
      />
    </section>
  );
}
