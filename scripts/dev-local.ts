/** `npm run dev:local`: `sst dev` against a local cloud; this app runs from its sources. */
import { keepCompiledCode } from "./support/compiled-code.ts";

keepCompiledCode();
const { runLocalApp } = await import("./support/local-app.ts");
const { describeApi } = await import("./openapi/document.ts");

await runLocalApp({
  describeApi,
  name: "npm run dev:local --",
  description:
    'Starts a local cloud on 127.0.0.1 and runs "sst dev" against it: saved sources run at the next request, and debuggers can attach to functions.',
  alwaysDev: true,
});
