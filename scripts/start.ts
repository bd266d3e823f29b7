/** `npm start`: this app, deployed to a local cloud. */
import { keepCompiledCode } from "./support/compiled-code.ts";

keepCompiledCode();
const { runLocalApp } = await import("./support/local-app.ts");
const { describeApi } = await import("./openapi/document.ts");

await runLocalApp({
  describeApi,
  name: "npm start --",
  description:
    "Starts a local cloud on 127.0.0.1, deploys this app to it and creates a user in each user pool.",
});
