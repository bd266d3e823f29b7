/** The plan of a rehearsal: what two deployments of an app have in common, and what a change adds. */
import { appName } from "@secure-lambda/functions/contract";
import type { GraphResource } from "@secure-lambda/local";
import { expect, it } from "vitest";
import { planOf } from "../../scripts/rehearsal/plan.ts";
import { resource } from "../support/graph-resource.ts";

/** A deployment in which AWS chose an id, SST the end of a name, and Cognito a key. */
function deployment(chosen: string, memorySize = 256): GraphResource[] {
  const [id, end, key] = [`${chosen}00000000`, chosen.repeat(8), chosen.repeat(20)];
  const arn = `arn:aws:sns:us-east-1:000000000000:${appName}-prod-Topic-${end}`;
  const policy = { Statement: [{ Action: "sns:Publish", Resource: arn }] };
  const jwks = { keys: [{ kty: "RSA", n: key }] };
  return [
    resource("aws:sns/topic:Topic", "Topic", { name: `${appName}-prod-Topic-${end}` }, { arn }),
    resource("aws:apigateway/restApi:RestApi", "Api", {}, { rootResourceId: id }),
    resource("aws:apigateway/deployment:Deployment", "Last", {
      triggers: { "urn:Api": chosen.repeat(64) },
    }),
    resource("aws:lambda/function:Function", "Function", {
      memorySize,
      environment: { variables: { POOL: JSON.stringify({ parent: id, jwks }) } },
    }),
    resource("aws:iam/role:Role", "Role", { policy: JSON.stringify(policy) }),
  ];
}

it("has every input in a line, policies opened, and names in place of what AWS chooses", () => {
  expect(planOf(deployment("a"))).toBe(`\
Api aws:apigateway/restApi:RestApi

Function aws:lambda/function:Function
  environment.variables.POOL.jwks.keys[0].kty: "RSA"
  environment.variables.POOL.jwks.keys[0].n: (key)
  environment.variables.POOL.parent: "\${Api.rootResourceId}"
  memorySize: 256

Last aws:apigateway/deployment:Deployment
  triggers.urn:Api: (digest)

Role aws:iam/role:Role
  policy.Statement[0].Action: "sns:Publish"
  policy.Statement[0].Resource: "\${Topic.arn}"

Topic aws:sns/topic:Topic
  name: "${appName}-prod-Topic"
`);
});

it("is the same of another deployment, in whatever order it was", () => {
  expect(planOf(deployment("b").toReversed())).toBe(planOf(deployment("a")));
});

it("differs by a line where an input does", () => {
  const before = planOf(deployment("a")).split("\n");
  const after = planOf(deployment("b", 512)).split("\n");
  expect(after.filter((line) => !before.includes(line))).toEqual(["  memorySize: 512"]);
});

it("shows no e-mail address", () => {
  const plan = planOf([
    resource("aws:sns/topicSubscription:TopicSubscription", "Mail", {
      endpoint: "ada@example.com",
    }),
  ]);
  expect(plan).toContain('endpoint: "(address)"');
});
