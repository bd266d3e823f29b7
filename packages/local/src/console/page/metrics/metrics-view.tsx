/** The graphs of the dashboards. */
import { metricsSchema } from "../../../console-api/metrics-view.ts";
import { useState } from "../hooks.ts";
import { None } from "../none.tsx";
import { Problem } from "../problem.tsx";
import { listIn, useData } from "../use-data.ts";
import { describeSpeed } from "./aligned.ts";
import { Graph } from "./graph.tsx";

const spans = [
  [60, "hour"],
  [180, "three hours"],
  [1_440, "day"],
] as const;

/** A graph for each of the dashboards' widgets. */
export function MetricsView() {
  const [minutes, setMinutes] = useState("60");
  const read = useData(`/metrics?minutes=${minutes}`, metricsSchema);
  const { data, problem } = read;
  const choose = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) setMinutes(target.value);
  };
  return (
    <>
      <Problem text={problem} />
      <div class="filters above">
        <label>
          The last{" "}
          <select onChange={choose}>
            {spans.map(([count, text]) => (
              <option key={count} value={count} selected={String(count) === minutes}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">{data === undefined ? "" : describeSpeed(data.minuteMs)}</p>
      </div>
      <None
        of={listIn(read, ({ graphs }) => graphs)}
        text="No dashboard with graphs is deployed."
      />
      <div class="graphs">
        {data?.graphs.map((graph) => (
          <Graph
            key={`${graph.dashboard} ${graph.title}`}
            {...graph}
            start={Date.parse(data.start)}
            end={Date.parse(data.end)}
          />
        ))}
      </div>
      {data?.others.map(({ dashboard, title, type, query }) => (
        <p key={`${dashboard} ${title}`} class="quiet">
          Not drawn: {title} ({type} of {dashboard}). <code>{query}</code>
        </p>
      ))}
    </>
  );
}
