/** docs/api.http: each of its requests, sent to the deployed app, has a status that its title names. */
import fs from "node:fs";
import { userPools } from "@secure-lambda/functions/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

const [head = "", ...requests] = fs.readFileSync("docs/api.http", "utf8").split(/^### /m);
const names = [...head.matchAll(/^@(\w+) = /gm)].map(([, name = ""]) => name);

let app: SharedApp;
const values = new Map<string, string>();
beforeAll(async () => {
  app = await useSharedApp();
  values.set("apiUrl", app.urls.api);
  for (const pool of userPools) values.set(`token${pool}`, await app.token(pool));
});
afterAll(() => app?.close());

it("declares each variable that it uses, and no other", () => {
  const used = requests.flatMap((text) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name),
  );
  expect(new Set(used)).toEqual(new Set(names));
});

it.each(requests.map((text) => text.split("\n", 1)))("%s", async (title) => {
  const text = requests.find((each) => each.startsWith(`${title}\n`)) ?? "";
  const filled = text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? "");
  const [above = "", body] = filled.trimEnd().split("\n\n");
  const [, line = "", ...headers] = above.split("\n");
  const [method = "", url = ""] = line.split(" ");
  const pairs = headers.map((header): [string, string] => {
    const [name = "", ...value] = header.split(": ");
    return [name, value.join(": ")];
  });
  const response = await fetch(url, {
    method,
    headers: Object.fromEntries(pairs),
    ...(body !== undefined && { body }),
  });
  expect(title.match(/\b\d{3}\b/g)).toContain(String(response.status));
});
