/** The picture of a terminal in README. */
import { expect, it } from "vitest";
import { drawTerminal } from "../../scripts/pictures/terminal.ts";

/** The rows of a picture, each as its spans. */
const rowsOf = (picture: string) =>
  [...picture.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, spans]) => spans);

it("has the styles of the lines, and their text without markup", () => {
  const picture = drawTerminal("a <title>", ["\u001B[32m✓\u001B[39m a \u001B[2m<b> & c\u001B[22m"]);
  expect(rowsOf(picture)).toEqual([
    '<tspan class="green">✓</tspan><tspan> a </tspan><tspan class="dim">&#60;b&#62; &#38; c</tspan>',
  ]);
  expect(picture).toContain('aria-label="a &#60;title&#62;"');
});

it("wraps a line as a terminal does, styles with it", () => {
  const picture = drawTerminal("wide", [
    `${"a".repeat(109)}\u001B[31m${"b".repeat(112)}\u001B[39m`,
  ]);
  expect(rowsOf(picture)).toEqual([
    `<tspan>${"a".repeat(109)}</tspan><tspan class="red">b</tspan>`,
    `<tspan class="red">${"b".repeat(110)}</tspan>`,
    '<tspan class="red">b</tspan>',
  ]);
});
