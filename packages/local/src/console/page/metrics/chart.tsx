/** Draws time series by uPlot; who does not see them has the table beside them. */
import uPlot from "uplot";
import { useRef } from "hono/jsx/dom";
import { useEffect } from "../hooks.ts";
import { align, loneIndexes, type Series } from "./aligned.ts";

const HEIGHT = 160;

/** More would hide the line. */
const MOST_DOTS = 100;

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const timeOfTick = (seconds: number) => clock.format(seconds * 1_000);

interface ChartProps {
  readonly series: readonly Series[];
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** The colour of a series, for CSS. */
export const colourOf = (index: number) => `var(--series-${index % 3})`;

/** The chart, as wide as there is room. */
export function Chart({ series, start, end }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const labels = JSON.stringify(series.map(({ label }) => label));

  useEffect(() => {
    const { current: element } = place;
    if (element === null) return undefined;
    const plot = new uPlot(optionsOf(series, element), undefined, element);
    drawn.current = plot;
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [labels]);

  useEffect(() => {
    drawn.current?.setData(align(series), false);
    drawn.current?.setScale("x", { min: start / 1_000, max: end / 1_000 });
  }, [labels, series, start, end]);

  return <div ref={place} class="chart" aria-hidden="true" />;
}

function optionsOf(series: readonly Series[], element: HTMLElement): uPlot.Options {
  // Asked at each drawing, since the theme may have changed; a canvas knows no `var()`.
  const resolved = (colour: string) => () => {
    element.style.color = colour;
    return getComputedStyle(element).color;
  };
  const axis = {
    stroke: resolved("var(--quiet)"),
    grid: { stroke: resolved("var(--line)"), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, space: 80, values: (_, ticks) => ticks.map((tick) => timeOfTick(tick)) },
      { ...axis, size: 56 },
    ],
    series: [
      {},
      ...series.map(({ label }, index): uPlot.Series => ({
        label,
        stroke: resolved(colourOf(index)),
        width: 2,
        points: {
          show: (chart) => chart.data[0].length <= MOST_DOTS,
          size: 5,
          fill: resolved(colourOf(index)),
          filter: (chart, drawn, isShown) =>
            isShown ? null : loneIndexes([...(chart.data[drawn] ?? [])]),
        },
      })),
    ],
  };
}
