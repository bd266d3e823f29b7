/** Which web pages may read answers. */
import { expect, test } from "vitest";
import { post, setUpApp } from "./set-up-app.ts";

test("no page may, unless a stage names its origin", async () => {
  const { headers } = await post(setUpApp().app, { headers: { Origin: "https://evil.example" } });
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test.each([
  ["a greeting", {}],
  ["an error", { body: "{}" }],
])("only pages of the named origin may read %s, whichever origin asks", async (_, changes) => {
  const { app } = setUpApp({ corsOrigin: "https://app.example.com" });
  const { headers } = await post(app, { ...changes, headers: { Origin: "https://evil.example" } });
  expect(headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  expect(headers.get("vary")).toBe("Origin");
});
