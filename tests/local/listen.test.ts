/** The listener answers callers of this machine alone. */
import { request } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen, PortTakenError } from "../../packages/local/src/listen.ts";

async function start() {
  const listener = await listen((_request, { remoteAddress }) => new Response(remoteAddress), 0);
  onTestFinished(() => listener.close());
  return listener;
}

function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe("listen", () => {
  it("hands over the caller's address", async () => {
    const { url } = await start();
    await expect((await fetch(url)).text()).resolves.toBe("127.0.0.1");
  });

  it.each(["localhost", "127.0.0.1:80", "abc123.execute-api.us-east-1.amazonaws.com"])(
    "answers to the name %s",
    async (host) => {
      await expect(statusFor((await start()).port, host)).resolves.toBe(200);
    },
  );

  it.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example"])(
    "refuses the name %s, to which a web page may have pointed this address",
    async (host) => {
      await expect(statusFor((await start()).port, host)).resolves.toBe(403);
    },
  );

  it("says which port is taken", async () => {
    const { port } = await start();
    await expect(listen(() => new Response(), port)).rejects.toThrow(
      expect.objectContaining({ name: PortTakenError.name, port }),
    );
  });

  it("leaves no port behind when it is closed", async () => {
    const listener = await listen(() => new Response(), 0);
    await listener.close();
    await expect(fetch(listener.url)).rejects.toThrow("fetch failed");
  });
});
