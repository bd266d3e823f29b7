/** The console's API over this app: a request seen whole, where others were refused, replay, faults. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { openConsoleApi, type ConsoleApi } from "../support/console-api.ts";
import { useSharedApp, type SharedApp } from "../support/shared-app.ts";

const stepSchema = z.object({
  layer: z.string(),
  name: z.string(),
  outcome: z.string(),
  reason: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
const detailSchema = z.object({
  status: z.int().nullable(),
  answeredBy: z.string().nullable(),
  reason: z.string().nullable(),
  replayOf: z.string().nullable(),
  request: z.object({ body: z.string() }),
  response: z.object({ body: z.string() }).nullable(),
  steps: z.array(stepSchema),
  logs: z.array(z.object({ group: z.string(), message: z.string() })),
});

let app: SharedApp;
let call: ConsoleApi;
beforeAll(async () => {
  app = await useSharedApp();
  call = await openConsoleApi(app.urls.aws);
});
afterAll(() => app?.close());

const idOf = (response: Response) => response.headers.get("x-amzn-requestid") ?? "";

/** The record of a request, once it has what the test is about. */
async function recordOf(
  id: string,
  isComplete: (detail: z.infer<typeof detailSchema>) => boolean = () => true,
) {
  let detail: z.infer<typeof detailSchema> | undefined;
  await expect
    .poll(async () => {
      detail = detailSchema.parse(await call("GET", `/requests/${id}`));
      return detail.status !== null && isComplete(detail);
    })
    .toBe(true);
  if (detail === undefined) throw new Error("There is no record.");
  return detail;
}

async function greet(name: string): Promise<Response> {
  const authorization = `Bearer ${await app.token(1)}`;
  const response = await app.post("/lambda1", { authorization, body: { name } });
  expect(response.status).toBe(200);
  await app.greetings.arrived(name);
  return response;
}

describe("a greeting", () => {
  it("is seen whole, to the line of its consumer, with its name masked", async () => {
    const id = idOf(await greet("Ada Watched"));
    const detail = await recordOf(id, ({ steps }) => steps.filter(isFunction).length === 2);
    expect(detail.answeredBy).toBe("function");
    expect(detail.steps.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(detail.steps.map(({ layer }) => layer)).toEqual(
      expect.arrayContaining([
        "firewall",
        "route",
        "authorizer",
        "throttle",
        "validation",
        "integration",
        "function",
        "aws-call",
        "delivery",
      ]),
    );
    const calls = detail.steps.filter(({ layer }) => layer === "aws-call");
    expect(calls.map(({ name }) => name)).toContain("sns:Publish");
    expect(new Set(detail.logs.map(({ group }) => group)).size).toBe(2);
    expect(JSON.stringify(detail)).not.toContain("Ada Watched");
    expect(detail.request.body).toBe('{"name":"***"}');
    expect(JSON.stringify(await call("GET", `/requests/${id}?reveal=true`))).toContain(
      "Ada Watched",
    );
  });

  it("is replayed", async () => {
    const id = idOf(await greet("Ada Again"));
    await recordOf(id);
    const sent = await call("POST", `/requests/${id}/replay`, {});
    const replayed = z.object({ id: z.string(), status: z.literal(200) }).parse(sent);
    await expect(recordOf(replayed.id)).resolves.toMatchObject({ replayOf: id, status: 200 });
  });
});

const isFunction = ({ layer }: { readonly layer: string }) => layer === "function";

describe("a request that is refused", () => {
  it("for another pool's token says so at the authorizer", async () => {
    const authorization = `Bearer ${await app.token(2)}`;
    const response = await app.post("/lambda1", { authorization, body: { name: "Ada" } });
    const detail = await recordOf(idOf(response));
    expect(detail).toMatchObject({
      status: 401,
      answeredBy: "authorizer",
      reason: expect.stringContaining("a token of another pool"),
    });
    expect(detail.steps.at(-1)).toMatchObject({ layer: "authorizer", outcome: "refused" });
  });

  it("by the model says what is wrong", async () => {
    const authorization = `Bearer ${await app.token(1)}`;
    const response = await app.post("/lambda1", { authorization, body: { name: 1 } });
    const detail = await recordOf(idOf(response));
    expect(detail).toMatchObject({ status: 400, answeredBy: "validation" });
    expect(detail.reason).toContain("name");
  });
});

it("names the rules of the firewall that counted a request, which stage local lets through", async () => {
  const response = await fetch(`${app.urls.api}/lambda1`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api": "${jndi:ldap://x}" },
    body: "{}",
  });
  const { steps } = await recordOf(idOf(response));
  const firewall = steps.find(({ layer }) => layer === "firewall");
  expect(firewall?.facts).toMatchObject({ counted: expect.stringContaining("Log4JRCE_HEADER") });
});

it("a call of AWS that fails is answered as documented, until its fault ends", async () => {
  const fault = { call: "sns:Publish", effect: { kind: "error" }, times: 100 };
  const { id: faultId } = z.object({ id: z.string() }).parse(await call("POST", "/faults", fault));
  const authorization = `Bearer ${await app.token(1)}`;
  const response = await app.post("/lambda1", { authorization, body: { name: "Ada" } });
  await call("DELETE", `/faults/${faultId}`);
  expect(response.status).toBe(502);
  const detail = await recordOf(idOf(response));
  expect(detail.steps.filter(({ layer }) => layer === "aws-call")).toEqual(
    expect.arrayContaining([expect.objectContaining({ outcome: "failed", name: "sns:Publish" })]),
  );
  await greet("Ada After");
});
