/** The traces: the list, and one as a waterfall. */
import { useState } from "hono/jsx/dom";
import { tracesSchema } from "../../../console-api/traces-view.ts";
import { textIn } from "../form.ts";
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
  const [filter, setFilter] = useState("");
  const read = useData(`/traces?filter=${encodeURIComponent(filter)}`, tracesSchema);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    setFilter(textIn(new FormData(event.target), "filter").trim());
  };

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
        Filter expressions of X-Ray; what is not understood is named.
      </p>
      <Problem text={read.problem} />
      <Table
        caption="Traces"
        columns={["time", "trace", "request", "status", "took", "outcome"]}
        rows={listIn(read, (data) => data.traces)?.map((trace) => [
          dateAndTime(trace.startedAt),
          <a key={trace.id} href={hrefOf("traces", trace.id)}>
            {trace.id}
          </a>,
          [trace.method, trace.path ?? trace.name].filter((text) => text !== null).join(" "),
          trace.status ?? "",
          duration(trace.durationMs),
          trace.flag,
        ])}
        none={
          filter === ""
            ? "No trace yet. Functions and stages with tracing record them."
            : "No trace matches."
        }
      />
    </section>
  );
}
