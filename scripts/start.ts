/** `npm start`: this app, deployed to a local cloud. */
import { runLocalApp } from "./support/local-app.ts";

process.exitCode = await runLocalApp("npm start --", process.argv.slice(2));
