/** What `npm run attack` says of a report, and while it attacks. */
import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { command } from "../../scripts/attack.ts";
import { type AttackReport, rowsOf } from "../../scripts/attack/report.ts";

const refused = {
  target: "POST /lambda1",
  status: 401,
  layer: "authorizer",
  reason: "there is no token in Authorization",
  expected: "refused by the authorizer",
  facts: { counted: "CountNetworks" },
};
const counted = {
  ...refused,
  expected: "counted by the firewall's rule Log4JRCE_HEADER, then served or refused",
  facts: { counted: "CountNetworks, Log4JRCE_HEADER" },
};
const served = { ...counted, status: 200, layer: "function", reason: undefined };
const report: AttackReport = {
  startedAt: "2026-11-30T10:00:00.000Z",
  endedAt: "2026-11-30T10:00:20.000Z",
  defended: 3,
  failed: 1,
  notApplicable: 1,
  attacks: [
    { title: "No token", outcome: "defended", attempts: [refused, refused] },
    { title: "Log4Shell", outcome: "defended", attempts: [counted] },
    { title: "Script", outcome: "defended", attempts: [served] },
    {
      title: "Expired token",
      outcome: "failed",
      attempts: [
        refused,
        { ...refused, target: "POST /lambda2", problem: "was let in: 200 by External" },
      ],
    },
    { title: "Flood", outcome: "not-applicable", reason: "no throttle", attempts: [] },
  ],
};

it("names the layer that refused or counted, the route that let one in, and why one is not applicable", () => {
  expect(rowsOf(report)).toEqual([
    ["✓", "No token", "401 authorizer: there is no token in Authorization"],
    [
      "✓",
      "Log4Shell",
      "401 authorizer: there is no token in Authorization; counted by the firewall's rule Log4JRCE_HEADER",
    ],
    ["✓", "Script", "200 function: counted by the firewall's rule Log4JRCE_HEADER"],
    ["✗", "Expired token", "POST /lambda2 was let in: 200 by External"],
    ["–", "Flood", "not applicable: no throttle"],
    ["✗", "All", "3 defended, 1 failed, 1 not applicable"],
  ]);
});

const setTerminal = (value: boolean) =>
  Object.defineProperty(process.stderr, "isTTY", { value, configurable: true });

describe("the command", () => {
  const attacks = report.attacks.map((attack, at) => ({ ...attack, id: `attack-${at}` }));
  const answers = new Map<string, unknown>([
    ["GET /_local/api/session", { header: "x-session", token: "any" }],
    ["GET /_local/api/attacks", { attacks }],
    ...attacks.map((attack) => [`POST /_local/api/attacks/${attack.id}`, attack] as const),
  ]);
  const cloud = createServer(({ method, url = "", headers }, response) => {
    const isInSession = url.endsWith("/session") || headers["x-session"] === "any";
    const answer = isInSession ? answers.get(`${method} ${url}`) : undefined;
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer));
  });
  const { isTTY } = process.stderr;
  beforeEach(async () => {
    vi.stubEnv("no_proxy", "127.0.0.1");
    cloud.listen(0, "127.0.0.1");
    await once(cloud, "listening");
  });
  afterEach(async () => {
    setTerminal(isTTY);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    cloud.closeAllConnections();
    cloud.close();
    await once(cloud, "close");
  });

  async function run(...args: string[]) {
    const { port } = z.object({ port: z.int() }).parse(cloud.address());
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      vi.spyOn(process[name], "write").mockImplementation((text) => {
        written[name] += String(text);
        return true;
      });
    }
    await command.parseAsync(["--aws-port", `${port}`, ...args], { from: "user" });
    return { ...written, code: process.exitCode };
  }

  it("shows on a terminal which attack runs", async () => {
    setTerminal(true);
    const { stdout, stderr } = await run();
    expect(stderr).toMatch(/Attacking 0 s 1 of 5, No token.*Attacking 0 s 5 of 5, Flood.*✓/s);
    expect(stdout).not.toContain("of 5");
    expect(stdout).toContain("3 defended, 1 failed, 1 not applicable");
  });

  it("shows none in a pipe, and as JSON prints the report and nothing else", async () => {
    setTerminal(false);
    const { code, stdout, stderr } = await run("--json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const now = expect.stringMatching(/^20.*Z$/);
    expect(JSON.parse(stdout)).toEqual({ ...report, attacks, startedAt: now, endedAt: now });
  });
});
