/** random:index: values that are made once and kept. */
import { randomBytes } from "node:crypto";
import * as z from "zod";
import { defineResource } from "../../provider/resource-type.ts";

/** The resource types of random:index. Another length makes other bytes. */
export const randomResources = () => [
  defineResource({
    type: "random:index/randomBytes:RandomBytes",
    inputs: z.strictObject({ length: z.int().positive() }),
    apply: ({ length }) => {
      const bytes = randomBytes(length);
      const base64 = bytes.toString("base64");
      return { id: base64, outputs: { base64, hex: bytes.toString("hex") } };
    },
  }),
];
