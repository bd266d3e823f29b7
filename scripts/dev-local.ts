/** `npm run dev:local`: `sst dev` against a local cloud; this app runs from its sources. */
import { runLocalApp } from "./support/local-app.ts";

process.exitCode = await runLocalApp("npm run dev:local --", ["--dev", ...process.argv.slice(2)]);
