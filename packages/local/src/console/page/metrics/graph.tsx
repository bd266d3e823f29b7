/** One graph of a dashboard: drawn, and as a table. */
import { secondOfDay } from "../format.ts";
import { Table } from "../table.tsx";
import { shortNumber, type Series } from "./aligned.ts";
import { Chart, colourOf } from "./chart.tsx";

interface GraphProps {
  readonly title: string;
  readonly statistic: string;
  readonly series: readonly Series[];
  readonly start: number;
  readonly end: number;
}

/** The graph. */
export function Graph({ title, statistic, series, start, end }: GraphProps) {
  const rows = series
    .flatMap(({ label, points }) => points.map(([time, value]) => ({ label, time, value })))
    .toSorted((one, other) => other.time - one.time);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul class="legend">
        {series.map(({ label }, index) => (
          <li key={label} style={{ "--series": colourOf(index) }}>
            {label}
          </li>
        ))}
      </ul>
      <Chart series={series} start={start} end={end} />
      <details class="fold">
        <summary>
          Data points <code>{rows.length}</code>
        </summary>
        <Table
          caption={`Data points of ${title}`}
          columns={["minute", "metric", statistic]}
          rows={rows.map(({ label, time, value }) => [
            secondOfDay(time),
            label,
            shortNumber(value),
          ])}
          none="It has no data point."
        />
      </details>
    </section>
  );
}
