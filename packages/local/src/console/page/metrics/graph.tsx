/** One graph of a dashboard: drawn, and as a table. */
import { secondOfDay } from "../format.ts";
import { useState } from "../hooks.ts";
import { Table } from "../table.tsx";
import { shortNumber, type Series } from "./aligned.ts";
import { Chart, colourOf } from "./chart.tsx";

interface DataPointsProps {
  readonly title: string;
  readonly statistic: string;
  readonly series: readonly Series[];
}

interface GraphProps extends DataPointsProps {
  readonly start: number;
  readonly end: number;
}

/** The graph. */
export function Graph({ title, statistic, series, start, end }: GraphProps) {
  const [isOpen, setOpen] = useState(false);
  const toggle = ({ target }: Event) => {
    if (target instanceof HTMLDetailsElement) setOpen(target.open);
  };
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
      <details class="fold" onToggle={toggle}>
        <summary>
          Data points <code>{series.reduce((sum, { points }) => sum + points.length, 0)}</code>
        </summary>
        {isOpen ? <DataPoints {...{ title, statistic, series }} /> : null}
      </details>
    </section>
  );
}

/** A day has thousands: only who asks for them has them formatted, again whenever they are read. */
function DataPoints({ title, statistic, series }: DataPointsProps) {
  const rows = series
    .flatMap(({ label, points }) => points.map(([time, value]) => ({ label, time, value })))
    .toSorted((one, other) => other.time - one.time);
  return (
    <Table
      caption={`Data points of ${title}`}
      columns={["minute", "metric", statistic]}
      rows={rows.map(({ label, time, value }) => [secondOfDay(time), label, shortNumber(value)])}
      none="It has no data point."
    />
  );
}
