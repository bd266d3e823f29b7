/** Where the parts of the picture stand: placed by hand, for wide and for narrow windows. */
import type { PartId } from "./lights.ts";

/** A box; the point is its upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line between two parts. */
export interface Line {
  readonly from: PartId;
  readonly to: PartId;
  /** An SVG path. */
  readonly path: string;
}

/** A whole picture. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly gateway: Place;
  readonly parts: Readonly<Record<PartId, Place>>;
  readonly lines: readonly Line[];
}

const box = (x: number, y: number, width = 120, height = 56): Place => ({ x, y, width, height });

/** From left to right. */
export const wide: Layout = {
  width: 1110,
  height: 292,
  gateway: { x: 300, y: 84, width: 260, height: 130 },
  parts: {
    caller: box(10, 121, 96),
    firewall: box(146, 121),
    route: box(314, 120, 110, 36),
    authorizer: box(436, 120, 110, 36),
    throttle: box(314, 166, 110, 36),
    validation: box(436, 166, 110, 36),
    pools: box(431, 10),
    function: box(606, 121),
    secret: box(606, 10),
    topic: box(784, 121),
    consumer: box(962, 121, 138),
    deadLetters: box(962, 226, 138),
    logs: box(606, 226),
  },
  lines: [
    { from: "caller", to: "firewall", path: "M106 149H146" },
    { from: "firewall", to: "route", path: "M266 149H300" },
    { from: "authorizer", to: "pools", path: "M491 84V66" },
    { from: "validation", to: "function", path: "M560 149H606" },
    { from: "function", to: "secret", path: "M666 121V66" },
    { from: "function", to: "topic", path: "M726 149H784" },
    { from: "topic", to: "consumer", path: "M904 149H962" },
    { from: "consumer", to: "deadLetters", path: "M1031 177V226" },
    { from: "function", to: "logs", path: "M666 177V226" },
  ],
};

/** From top to bottom. */
export const narrow: Layout = {
  width: 360,
  height: 496,
  gateway: { x: 10, y: 146, width: 220, height: 116 },
  parts: {
    caller: box(60, 6, 120, 46),
    firewall: box(60, 76, 120, 46),
    route: box(20, 174, 96, 34),
    authorizer: box(124, 174, 96, 34),
    throttle: box(20, 218, 96, 34),
    validation: box(124, 218, 96, 34),
    pools: box(254, 168, 98, 46),
    function: box(60, 290, 120, 46),
    secret: box(244, 260, 108, 46),
    topic: box(60, 366, 120, 46),
    consumer: box(60, 442, 120, 46),
    deadLetters: box(232, 442, 120, 46),
    logs: box(244, 330, 108, 46),
  },
  lines: [
    { from: "caller", to: "firewall", path: "M120 52V76" },
    { from: "firewall", to: "route", path: "M120 122V146" },
    { from: "authorizer", to: "pools", path: "M220 191H254" },
    { from: "validation", to: "function", path: "M120 262V290" },
    { from: "function", to: "secret", path: "M180 306L244 290" },
    { from: "function", to: "topic", path: "M120 336V366" },
    { from: "topic", to: "consumer", path: "M120 412V442" },
    { from: "consumer", to: "deadLetters", path: "M180 465H232" },
    { from: "function", to: "logs", path: "M180 322L244 346" },
  ],
};
