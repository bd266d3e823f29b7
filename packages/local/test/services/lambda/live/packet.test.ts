import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import * as z from "zod";
import { createMessageReader, writeMessage } from "../../../../src/services/lambda/live/packet.ts";

/** A packet as the CLI of SST 4.17 sends it. */
const recorded = {
  type: 3,
  source: "dev",
  id: "9d90ffb4",
  index: 0,
  data: Buffer.from('{"statusCode":200}').toString("base64"),
  final: true,
};

it("reads the CLI's answer", () => {
  expect(createMessageReader()(JSON.stringify(recorded))).toEqual({
    type: "response",
    id: "9d90ffb4",
    body: '{"statusCode":200}',
  });
});

it.each([0, 1, 131_071, 131_072, 131_073, 400_000])(
  "cuts %i bytes into packets of at most 128 KiB, which make the whole in any order",
  (size) => {
    const body = randomBytes(size)
      .toString("latin1")
      .replaceAll(/[^ -~]/g, "x");
    const packets = writeMessage("next", "worker", body);
    const sizes = packets.map((packet) => {
      const { data } = z.object({ data: z.string() }).parse(JSON.parse(packet));
      return Buffer.from(data, "base64").length;
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(131_072);
    const read = createMessageReader();
    const results = packets.toReversed().map((packet) => read(packet));
    expect(results.slice(0, -1).every((result) => result === undefined)).toBe(true);
    expect(results.at(-1)).toMatchObject({ type: "next", body });
  },
);

it.each([
  ["a type", { ...recorded, type: 9 }, "unknown type 9"],
  ["a member too many", { ...recorded, compressed: true }, "compressed"],
  ["a member too few", { ...recorded, index: undefined }, "index"],
  ["data in another form", { ...recorded, data: { raw: "" } }, "data"],
])("names what is new in a packet: %s", (_, packet, name) => {
  expect(() => createMessageReader()(JSON.stringify(packet))).toThrow(name);
});

it("forgets the oldest of more than a hundred messages whose rest never comes", () => {
  const read = createMessageReader();
  const part = (id: number, index: number, final: boolean) =>
    read(JSON.stringify({ ...recorded, id: String(id), index, final }));
  for (let id = 0; id <= 100; id += 1) part(id, 0, false);
  expect(part(0, 1, true)).toBeUndefined();
  expect(part(100, 1, true)).toMatchObject({ id: "100" });
});
