/** The listener serves only callers on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { get } from "node:https";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createTlsIdentity } from "../../src/http/certificate/identity.ts";
import { listen, PortTakenError } from "../../src/http/listen.ts";

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
  it("passes the caller's address", async () => {
    const { url } = await start();
    await expect((await fetch(url)).text()).resolves.toBe("127.0.0.1");
  });

  it.each([
    ["", ""],
    ["api.example", "api.example"],
  ])(
    "passes how the connection is encrypted, for the name '%s'",
    async (servername, serverName) => {
      const identity = createTlsIdentity();
      const listener = await listen((_request, { tls }) => Response.json(tls), 0, {
        tls: identity,
      });
      onTestFinished(() => listener.close());
      const ca = identity.authority;
      const options = { port: listener.port, ca, servername, headers: { host: "localhost" } };
      const [response] = await once(
        get({ ...options, host: "127.0.0.1", checkServerIdentity: () => undefined }),
        "response",
      );
      const cipherSuite = expect.stringMatching(/^TLS_[A-Z\d_]+$/);
      expect(JSON.parse(await text(response))).toEqual({
        version: "TLSv1.3",
        // By its IANA name.
        cipherSuite,
        serverName,
      });
    },
  );

  it.each(["localhost", "127.0.0.1:80", "LOCALHOST:80"])("answers to the name %s", async (host) => {
    await expect(statusFor((await start()).port, host)).resolves.toBe(200);
  });

  it("answers to further names only where it is told them", async () => {
    const listener = await listen(() => new Response(), 0, {
      servesHost: (name) => name === "api.example",
    });
    onTestFinished(() => listener.close());
    await expect(statusFor(listener.port, "API.example:80")).resolves.toBe(200);
    await expect(statusFor(listener.port, "api.example.evil.example")).resolves.toBe(403);
  });

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.execute-api.us-east-1.amazonaws.com",
  ])("rejects the name %s, to which a web page may have pointed this address", async (host) => {
    await expect(statusFor((await start()).port, host)).resolves.toBe(403);
  });

  it("says which port is taken", async () => {
    const { port } = await start();
    await expect(listen(() => new Response(), port)).rejects.toThrow(
      expect.objectContaining({ name: PortTakenError.name, port }),
    );
  });

  it("outlives more connections than the machine lets it have", async () => {
    const program = `
      import { listen } from ${JSON.stringify(new URL("../../src/http/listen.ts", import.meta.url).href)};
      const { port } = await listen(() => new Response("here"), 0);
      console.log(port);`;
    // Node raises a soft limit by itself: both are set.
    const limited = `ulimit -n 40 && exec "$0" --input-type=module -e '${program}'`;
    const server = spawn("/bin/sh", ["-c", limited, process.execPath], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void server.kill("SIGKILL"));
    const [line]: unknown[] = await once(createInterface(server.stdout), "line");
    const port = Number(line);
    const sockets = Array.from({ length: 100 }, () =>
      connect(port, "127.0.0.1").on("error", () => {}),
    );
    // Those for which there is no descriptor are closed again: nobody waits for nothing.
    await Promise.race(
      sockets.map((socket) => new Promise((closed) => socket.resume().once("close", closed))),
    );
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => {
      expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("here");
    }, 30_000);
  });

  it("leaves no port behind when it is closed", async () => {
    const listener = await listen(() => new Response(), 0);
    await listener.close();
    await expect(fetch(listener.url)).rejects.toThrow("fetch failed");
  });
});
