/** The commands of docs can be pasted: they set each variable that they use. */
import { expect, it } from "vitest";
import { shellBlocks } from "../support/play-books.ts";

it("a block of docs/operations.md sets each variable that it uses", () => {
  const unset = shellBlocks("docs/operations.md").flatMap((text) => {
    const used = new Set([...text.matchAll(/\$\{?([A-Z]\w*)/g)].map(([, name]) => name));
    return [...used].filter((name) => !new RegExp(`\\b${name}=`).test(text));
  });
  expect(unset).toEqual([]);
});
