/** Calls to this machine go by no proxy. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { callLoopbackDirectly } from "../../src/http/loopback-proxy.ts";
import { listen } from "../../src/http/listen.ts";

const file = new URL("../../src/http/loopback-proxy.ts", import.meta.url).href;

it.each(["HTTP_PROXY", "http_proxy"])("where Node is told to use %s", async (name) => {
  const server = await listen(() => new Response("directly"), 0);
  const source = `
    import { callLoopbackDirectly } from ${JSON.stringify(file)};
    callLoopbackDirectly();
    process.stdout.write(await (await fetch(${JSON.stringify(server.url)})).text());`;
  const { stdout } = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env: { NODE_USE_ENV_PROXY: "1", [name]: "http://127.0.0.1:1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(await text(stdout)).toBe("directly");
  await server.close();
});

it.each([
  [{}, "127.0.0.1"],
  [{ NO_PROXY: "registry.example" }, "registry.example,127.0.0.1"],
  [{ no_proxy: "a.example", NO_PROXY: "b.example" }, "a.example,127.0.0.1"],
])("and what %j exempts stays exempted", (env: NodeJS.ProcessEnv, expected) => {
  callLoopbackDirectly(env);
  expect(env["no_proxy"]).toBe(expected);
});
