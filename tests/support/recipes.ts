/** The recipes of CONTRIBUTING.md, "A route": what each adds to which product file. */
import fs from "node:fs";
import path from "node:path";
import { copyParts, type AppCopy } from "./app-copy.ts";

const routes = "packages/functions/src/contract/routes.ts";
const schemas = "packages/functions/src/contract/schemas.ts";
const app = "packages/functions/src/http/app.ts";

/** Text of a file, and what stands there after the recipe. */
type Edit = readonly [file: string, from: string, to: string];

const endOfTable = "} as const satisfies Record<string, RouteRow>;";
const firstRoute = "const served = app";

/** Adds a route that greets as the others do, for users of pool 1. */
export const thirdPost = {
  row: [
    routes,
    endOfTable,
    `  lambda3: { name: "ExternalLambda3", method: "POST", path: "/lambda3", userPool: 1, ...greeting },\n${endOfTable}`,
  ],
  app: [
    [
      app,
      firstRoute,
      `${firstRoute}.post("/lambda3", ...checks(routes.lambda3), (c) => greet(c, greetAs(routes.lambda3.name)))`,
    ],
  ],
} as const satisfies { row: Edit; app: readonly Edit[] };

/** Adds a required field to what every greeting takes. */
export const secondField: readonly Edit[] = [
  [
    schemas,
    "z.strictObject({ name: nameSchema })",
    'z.strictObject({ name: nameSchema, language: z.enum(["en", "de"]) })',
  ],
  [schemas, '{ name: "Ada" }', '{ name: "Ada", language: "en" }'],
];

/** Adds, after the third POST, a route to read, with a parameter in its path and one in its query. */
export const getWithParameter: readonly Edit[] = [
  [routes, "/** The table of routes", 'import * as z from "zod/mini";\n/** The table of routes'],
  [
    routes,
    endOfTable,
    `  reading: {
    name: "ReadGreeting",
    method: "GET",
    path: "/greetings/{id}",
    userPool: 2,
    request: {
      param: { schema: z.strictObject({ id: z.string() }), example: { id: "7 a" } },
      query: { schema: z.strictObject({ language: z.string() }), example: { language: "en" } },
    },
    response: greetResponse,
  },
${endOfTable}`,
  ],
  [
    app,
    firstRoute,
    `${firstRoute}.get("/greetings/:id", ...checks(routes.reading), (c) =>
      c.json({ message: c.req.valid("query").language, messageId: c.req.valid("param").id }),
    )`,
  ],
];

/** A copy of the app with its tests and commands, in which the packages are the copy's own. */
export function copyRepository(): AppCopy {
  const copied = ["sst.config.ts", "stacks", "package.json", "tsconfig.json", "vitest.config.ts"];
  const copy = copyParts({
    copied: [
      ...copied,
      "packages/core",
      "packages/functions",
      "packages/cold-start",
      "scripts",
      "tests",
      "bench",
    ],
    linked: ["packages/local"],
    platform: true,
  });
  const inCopy = (name: string) => path.join(copy.folder, name);
  const scope = "node_modules/@secure-lambda";
  fs.mkdirSync(inCopy(scope), { recursive: true });
  for (const name of fs.readdirSync("node_modules")) {
    if (!fs.existsSync(inCopy(`node_modules/${name}`))) {
      fs.symlinkSync(path.resolve("node_modules", name), inCopy(`node_modules/${name}`));
    }
  }
  for (const name of ["cold-start", "core", "functions", "local"]) {
    fs.symlinkSync(inCopy(`packages/${name}`), inCopy(`${scope}/${name}`));
  }
  return copy;
}

/** Applies edits to a copy. */
export function applyEdits(copy: AppCopy, edits: readonly Edit[]): void {
  for (const [file, from, to] of edits) copy.replace(file, from, to);
}
