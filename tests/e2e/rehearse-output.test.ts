/** What a rehearsal prints: the stage's settings in words, and the same text for the same app. */
import type { GraphResource } from "@secure-lambda/local";
import { describe, expect, it } from "vitest";
import { showSummary, summarize } from "../../scripts/rehearsal/summary/index.ts";
import { showViolations } from "../../scripts/rehearsal/violations.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";
import { resource } from "../support/graph-resource.ts";
import { readSharedGraph } from "../support/shared-app.ts";

/** What is said of each setting, behind its mark. */
const settings = (stage: string, ...graph: GraphResource[]) =>
  new Map(
    summarize(stage, graph)[0]?.rows.map(([mark, what, value]) => [what, `${mark} ${value}`]),
  );

describe("a stage's settings", () => {
  it("are all shown in words, marked where they differ from a developer stage's", () => {
    expect(Object.fromEntries(settings("prod"))).toMatchObject({
      "One-time password (MFA)": "* required",
      "Users are created by": "* administrators only",
      "Callback URLs (sign-in)": " none: no login pages",
      "Sign-out URLs": " none",
      "Logs are kept for": "* 1 year",
      "Removal of the stage": "* refused by SST",
      "Deletion of user pools": "* refused by Cognito",
      Firewall:
        "* blocks; 3 managed rule groups; 2000 requests of an address in 5 minutes; 300 of them to user pools; 600 with a token",
      "Throttle of each method": "* 50 requests/s, burst 100",
      "Keys of topic, queue, secret, logs": "* of this stage, with their own policies",
      Monitoring: "* alarms, a dashboard, metrics of each method",
      "Alarms notify": "* no address: set alarmEmail in stacks/settings/stages.ts",
    });
    expect([...settings("ada").values()].filter((value) => value.startsWith("*"))).toEqual([]);
    expect(settings("local").get("Firewall")).toMatch(/^\* only counts; .*127\.0\.0\.1\/32$/);
  });

  it("say what shortens cold starts, if anything does", () => {
    expect(settings("prod").get("Cold starts")).toBe(
      settingsFor("prod").coldStart ? "* shortened by packages/cold-start" : " of the plain app",
    );
  });

  it("leave out no setting", () => {
    const { corsOrigin: _cors, ...given } = settingsFor("prod");
    const optionalOnes = 3;
    const signOut = 1;
    expect(settings("prod").size).toBe(Object.keys(given).length + optionalOnes + signOut);
  });

  it("have the sign-out URLs of every client", () => {
    const clients = [
      ["https://a.example/out"],
      ["https://a.example/out", "https://b.example/"],
    ].map((logoutUrls) =>
      resource("aws:cognito/userPoolClient:UserPoolClient", "Client", { logoutUrls }),
    );
    expect(settings("ada", ...clients).get("Sign-out URLs")).toBe(
      " https://a.example/out, https://b.example/",
    );
  });
});

function shown(graph: readonly GraphResource[]): string {
  const terminal = recordTerminal();
  showSummary(terminal, summarize("local", graph));
  return terminal.lines.join("\n");
}

describe("the summary of this app", () => {
  it("is the same whatever the order in which resources were created", async () => {
    const graph = await readSharedGraph();
    // Parts of a resource come after it: they have its ARN.
    const wholes = Map.groupBy(graph, ({ id, urn, outputs }) => outputs["arn"] ?? (id || urn));
    const otherwise = [...wholes.values()].toReversed().flat();
    expect(otherwise).not.toEqual(graph);
    expect(shown(otherwise)).toBe(shown(graph));
  });

  it("has no ARN, and nothing that is made up at a deployment", async () => {
    const graph = await readSharedGraph();
    const text = shown(graph);
    expect(text).not.toMatch(/arn:|\d{12}/);
    const api = graph.find(({ type }) => type === "aws:apigateway/restApi:RestApi");
    expect(text).not.toContain(api?.id);
  });
});

it("resources that are created are counted in words, as AWS calls their service", () => {
  const types = [
    "aws:wafv2/ipSet:IpSet",
    "aws:apigateway/restApi:RestApi",
    "aws:cognito/userPool:UserPool",
    "aws:cognito/userPool:UserPool",
    "aws:kms/alias:Alias",
    "aws:kms/alias:Alias",
    "aws:kms/key:Key",
    "aws:kms/key:Key",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:glue/job:Job",
    "random:index/randomBytes:RandomBytes",
  ];
  const account = "aws:apigateway/account:Account";
  const graph = [
    ...[...types, account].map((type) => resource(type, "Any", {})),
    { ...resource(account, "LookedUp", {}), existing: true },
  ];
  const counted = summarize("ada", graph).find(({ title }) => title === "Resources");
  expect(counted?.rows.map((row) => row.join(" "))).toEqual([
    "API Gateway 2 REST API, account setting",
    "Cognito 2 2 user pools",
    "KMS 4 2 aliases, 2 keys",
    "S3 1 uploaded file",
    "SNS 2 2 topic policies",
    "WAF 1 IP set",
    "glue 1 job",
  ]);
});

const violationOf = (name: string) => ({
  rule: "methods-need-a-token-or-a-key",
  resource: name,
  message: "is open: POST must have a Cognito authorizer that validates tokens of one user pool",
});

function showBroken(...names: string[]): readonly string[] {
  const terminal = recordTerminal();
  showViolations(terminal, names.map(violationOf));
  return terminal.lines;
}

it("violations are shown in one order, in 80 columns", () => {
  const [one, other] = ["ApiRouteExternalLambda1Method", "ApiRouteExternalLambda2Method"];
  const lines = showBroken(other, one);
  expect(lines).toEqual(showBroken(one, other));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});
