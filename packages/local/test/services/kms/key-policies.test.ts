/**
 * Who may use a key: its policy decides, or lets IAM policies decide.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
import { describe, expect, it } from "vitest";
import type { Principal } from "../../../src/services/iam/principal.ts";
import { policy, roleOfName, root } from "../iam/policies-in-force.ts";
import { allow, role, service, setUpKeys, writeAndRead } from "./keys-in-use.ts";

const { cloud, createKey, operator, putRole } = setUpKeys();

const grant = { Effect: "Allow", Action: writeAndRead, Resource: "*" };
const context = { App: "greeter" };

/** Uses a new key that has a policy, through SQS. */
function use(principal: Principal, ...statements: readonly object[]): void {
  const { arn } = createKey({ policy: policy(...statements) });
  const user = { principal, service: "sqs", reuse: 0 };
  cloud().kms.envelopes.checkAccess(user, { keyId: arn, context });
}

const denied = (kind: string) =>
  expect.objectContaining({
    code: "AccessDeniedException",
    message: expect.stringContaining(`because no ${kind}-based policy allows the kms:`),
  });

describe("a role may use a key", () => {
  it("where the key's policy names the role, whatever its own policies say", () => {
    expect(() =>
      use(role("Sender"), allow({ AWS: roleOfName("Sender") }, writeAndRead)),
    ).not.toThrow();
    expect(() => use(role("Sender"), allow({ AWS: roleOfName("Other") }, writeAndRead))).toThrow(
      denied("resource"),
    );
  });

  it("where the key's policy lets the account decide, and the role's own policies allow it", () => {
    const delegation = allow({ AWS: root }, "kms:*");
    expect(() => use(role("Sender"), delegation)).toThrow(denied("identity"));
    putRole("Sender", grant);
    expect(() => use(role("Sender"), delegation)).not.toThrow();
    expect(() => use(role("Sender"), allow({ AWS: "000000000000" }, writeAndRead))).not.toThrow();
  });

  it("not only by its own policies: the key's must let them decide, about this action", () => {
    putRole("Sender", grant);
    const statements = [
      allow({ AWS: root }, "kms:DescribeKey"),
      allow({ AWS: root }, "kms:Decrypt"),
    ];
    for (const statement of statements) {
      expect(() => use(role("Sender"), statement)).toThrow(denied("resource"));
    }
  });

  it("not where a statement of the key's policy denies it, by any of its names", () => {
    const allowed = allow({ AWS: roleOfName("Sender") }, writeAndRead);
    for (const named of [{ AWS: roleOfName("Sender") }, { AWS: root }, "*"] as const) {
      const denial = { ...allow(named, "kms:Decrypt"), Effect: "Deny" };
      expect(() => use(role("Sender"), allowed, denial)).toThrow(
        "with an explicit deny in a resource-based policy",
      );
    }
  });

  it("not where its own policies deny it", () => {
    putRole("Sender", { ...grant, Effect: "Deny" });
    expect(() => use(role("Sender"), allow({ AWS: roleOfName("Sender") }, writeAndRead))).toThrow(
      "with an explicit deny in an identity-based policy",
    );
  });

  it("by a grant of its own policies that is conditional, in the account's delegation too", () => {
    const byRole = { Condition: { ArnEquals: { "aws:PrincipalArn": roleOfName("Sender") } } };
    const delegation = allow({ AWS: root }, writeAndRead, byRole);
    putRole("Sender", grant);
    putRole("Other", grant);
    expect(() => use(role("Sender"), delegation)).not.toThrow();
    expect(() => use(role("Other"), delegation)).toThrow(denied("resource"));
  });
});

it("the operator, who is root, may use a key only where its policy says so", () => {
  expect(() => use(operator, allow({ AWS: root }, writeAndRead))).not.toThrow();
  expect(() => use(operator, allow({ AWS: roleOfName("Sender") }, writeAndRead))).toThrow(
    denied("resource"),
  );
});

const ofTopic = (arn: string) => ({ Condition: { ArnEquals: { "aws:SourceArn": arn } } });

it("a service may use a key only where its policy names the service", () => {
  const topic = "arn:aws:sns:us-east-1:000000000000:names";
  const sns = service("sns.amazonaws.com", topic);
  const named = { Service: "sns.amazonaws.com" };
  expect(() => use(sns, allow(named, writeAndRead))).not.toThrow();
  expect(() => use(sns, allow(named, writeAndRead, ofTopic(topic)))).not.toThrow();
  for (const statement of [
    allow(named, writeAndRead, ofTopic(`${topic}2`)),
    allow({ Service: "events.amazonaws.com" }, writeAndRead),
    allow({ AWS: root }, "kms:*"),
  ]) {
    expect(() => use(sns, statement)).toThrow(denied("resource"));
  }
});

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
describe("a condition", () => {
  it.each([
    ["kms:ViaService", { "kms:ViaService": "sqs.us-east-1.amazonaws.com" }],
    ["kms:CallerAccount", { "kms:CallerAccount": "000000000000" }],
    ["the encryption context", { "kms:EncryptionContext:App": "greeter" }],
    ["the encryption context, in any case", { "KMS:encryptioncontext:APP": "greeter" }],
  ])("about %s is met", (_, StringEquals) => {
    expect(() =>
      use(operator, allow({ AWS: root }, writeAndRead, { Condition: { StringEquals } })),
    ).not.toThrow();
  });

  it.each([
    ["another service", { "kms:ViaService": "sns.us-east-1.amazonaws.com" }],
    ["another account", { "kms:CallerAccount": "111111111111" }],
    ["another value of the context", { "kms:EncryptionContext:App": "Greeter" }],
    ["another name in the context", { "kms:EncryptionContext:Stage": "greeter" }],
  ])("about %s is not", (_, StringEquals) => {
    const statement = allow({ AWS: root }, writeAndRead, { Condition: { StringEquals } });
    expect(() => use(operator, statement)).toThrow(denied("resource"));
  });

  it("holds for services too, which call through no other and from no account of ours", () => {
    const sns = service("sns.amazonaws.com", "arn:aws:sns:us-east-1:000000000000:names");
    const conditions = ["kms:ViaService", "kms:CallerAccount"].map((key) => ({
      Null: { [key]: "true" },
    }));
    for (const Condition of conditions) {
      expect(() =>
        use(sns, allow({ Service: "sns.amazonaws.com" }, writeAndRead, { Condition })),
      ).not.toThrow();
    }
  });
});
