/** A function may call what its role's policies allow, and nothing else. */
import { beforeEach, describe, expect, it } from "vitest";
import { createAuthorize } from "../../../src/services/iam/authorize.ts";
import { createRoles, type Roles } from "../../../src/services/iam/roles.ts";
import { policy } from "./policies-in-force.ts";

const topic = "arn:aws:sns:us-east-1:000000000000:greetings";
const roleArn = "arn:aws:iam::000000000000:role/external";
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:External";

let roles: Roles;
let authorize: ReturnType<typeof createAuthorize>;
beforeEach(() => {
  roles = createRoles();
  authorize = createAuthorize({
    account: "000000000000",
    roles,
    functionOf: (accessKeyId) =>
      accessKeyId === "External" ? { arn: functionArn, roleArn } : undefined,
  });
});

const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
/** Conditions that hold, do not hold, and cannot be told: every call counts as one over TLS. */
const when = (secure: string) => ({ Condition: { Bool: { "aws:SecureTransport": secure } } });
const unknown = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
const put = (...statements: object[]) =>
  roles.put({ name: "external", arn: roleArn, inlinePolicies: [policy(...statements)] });
const publishAs = (caller: string | undefined, resource = topic) =>
  authorize({ caller, service: "sns", operation: "Publish", resource });
const publish = () => publishAs("External");

describe("a function's call", () => {
  it("is rejected when its role does not exist or says nothing", () => {
    expect(() => publish()).toThrow("not authorized to perform: sns:Publish");
    put(allow("sns:Subscribe", topic));
    expect(() => publish()).toThrow(topic);
  });

  it.each([
    ["the very action and resource", allow("sns:Publish", topic)],
    ["another case of the action", allow("SNS:publish", topic)],
    ["one of several", allow(["sqs:SendMessage", "sns:Publish"], ["arn:other", topic])],
    ["wildcards", allow("sns:Pub*", "arn:aws:sns:*:000000000000:greeting?")],
    ["a condition that holds", allow("sns:Publish", topic, when("true"))],
    ["what is not excluded", { Effect: "Allow", NotAction: "iam:*", NotResource: "arn:other" }],
  ])("is let through by %s", (_, statement) => {
    put(statement);
    expect(() => publish()).not.toThrow();
  });

  it.each([
    ["another topic", allow("sns:Publish", `${topic}2`)],
    ["a resource in another case", allow("sns:Publish", topic.toUpperCase())],
    ["a longer action", allow("sns:PublishBatch", topic)],
    ["a condition that does not hold", allow("sns:Publish", topic, when("false"))],
    ["a condition that cannot be told", allow("sns:Publish", topic, unknown)],
  ])("is not let through by %s", (_, statement) => {
    put(statement);
    expect(() => publish()).toThrow("not authorized");
  });

  it("is rejected by a deny whatever else allows it, unless the deny's condition does not hold", () => {
    const deny = { Effect: "Deny", Action: "sns:*", Resource: "*" };
    for (const condition of [{}, when("true"), unknown]) {
      put(allow("*", "*"), { ...deny, ...condition });
      expect(() => publish()).toThrow("with an explicit deny in an identity-based policy");
    }
    put(allow("*", "*"), { ...deny, ...when("false") });
    expect(() => publish()).not.toThrow();
  });

  // Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api.html
  it("of a batch needs the permission for the single operation", () => {
    put(allow("sns:Publish", topic));
    const batch = { caller: "External", service: "sns", operation: "PublishBatch" };
    expect(() => authorize({ ...batch, resource: topic })).not.toThrow();
    put(allow("sns:PublishBatch", topic));
    expect(() => authorize({ ...batch, resource: topic })).toThrow("sns:Publish on");
  });

  it("counts policies that are attached, until they are detached", () => {
    put(allow("logs:*", "*"));
    roles.attach("external", "extra", policy(allow("sns:Publish", topic)));
    expect(() => publish()).not.toThrow();
    roles.detach("external", "extra");
    expect(() => publish()).toThrow("not authorized");
  });

  it("carries the code that the service's clients know", () => {
    expect(() => publish()).toThrow(
      expect.objectContaining({ code: "AuthorizationError", status: 403 }),
    );
    expect(() =>
      authorize({
        caller: "External",
        service: "secretsmanager",
        operation: "GetSecretValue",
        resource: "*",
      }),
    ).toThrow(expect.objectContaining({ code: "AccessDeniedException" }));
  });
});

it("lets the operator, who is no function, do everything", () => {
  expect(() => publishAs("local")).not.toThrow();
  expect(() => publishAs(undefined)).not.toThrow();
});

it.each([
  ["a principal in a role's policy", { ...allow("sns:Publish", topic), Principal: "*" }],
  ["no action", { Effect: "Allow", Resource: "*" }],
  ["an effect that is none", { ...allow("a", "b"), Effect: "Permit" }],
  [
    "a set operator",
    allow("a", "b", { Condition: { "ForAnyValue:StringLike": { "aws:x": "y" } } }),
  ],
  ["a variable as a resource", allow("a", "arn:aws:s3:::home/${aws:username}")],
  [
    "a variable as a value",
    allow("a", "b", { Condition: { StringLike: { "aws:PrincipalArn": "${aws:userid}" } } }),
  ],
])("rejects a policy that it could not evaluate: %s", (_, statement) => {
  expect(() => put(statement)).toThrow("cannot evaluate the policy");
});
