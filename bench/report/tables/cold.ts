/** The tables of cold starts: on loopback, and with round trips to AWS. */
import type { BenchResults } from "../../measure/results.ts";
import { rowLabels, rowNames } from "../../rows/rows.ts";
import type { Spread } from "../../support/statistics.ts";
import { showBytes, showRatio, showSpread } from "../numbers.ts";
import type { Table } from "./table.ts";

/** A column with each row's figure, and one with its ratio to the guide's handler. */
const withRatio = (spread: Spread, guide: Spread | undefined) => [
  showSpread(spread),
  showRatio(spread, guide),
];

/** The tables; none without figures. */
export function coldTables({ cold, archives, roundTripMs }: BenchResults): readonly Table[] {
  if (cold === undefined) return [];
  const { rows, memoryMb, means, runs } = cold;
  const { guide } = rows;
  const measured = rowNames.flatMap((name) => {
    const figures = rows[name];
    return figures === undefined ? [] : [{ name, figures, label: rowLabels[name] }];
  });
  const atMemory = `at ${memoryMb} MB, ms`;
  const onLoopback = measured.map(({ name, label, figures }) => {
    const archive = archives[name];
    return [
      label,
      ...withRatio(figures.loopback.full, guide?.loopback.full),
      ...withRatio(figures.loopback.throttled, guide?.loopback.throttled),
      showSpread(figures.initCpu),
      ...withRatio(figures.invokeCpu, guide?.invokeCpu),
      archive === undefined ? "" : showBytes(archive),
    ];
  });
  const distant = measured.map(({ label, figures }) => [
    label,
    ...withRatio(figures.distant.full, guide?.distant.full),
    ...withRatio(figures.distant.throttled, guide?.distant.throttled),
  ]);
  return [
    {
      title: "Cold start",
      rows: [
        [
          "",
          "first response, ms",
          "× guide",
          atMemory,
          "× guide",
          "init, CPU ms",
          "first invoke, CPU ms",
          "× guide",
          "archive",
        ],
        ...onLoopback,
      ],
      notes: [
        `Medians of ${runs} starts, ± half the distance of the quartiles; × is the median of each round's ratio. SNS and Secrets Manager over TLS 1.3 on loopback.`,
        "A row that begins with + has one part of packages/cold-start more than the row above it.",
        `At ${memoryMb} MB: init at full speed, then Lambda's share of a CPU (by ${means}).`,
      ],
    },
    {
      title: "Cold start, with round trips to AWS",
      rows: [["", "first response, ms", "× guide", atMemory, "× guide"], ...distant],
      notes: [
        `A round trip takes ${roundTripMs} ms, as within a Region: one to connect, one for TLS 1.3, one for each call.`,
      ],
    },
  ];
}
