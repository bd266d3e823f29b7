/**
 * A resource's policy beside the caller's own: who may do what.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import { describe, expect, it } from "vitest";
import { parseResourcePolicy } from "../../../src/services/iam/policy.ts";
import {
  account,
  root,
  topic,
  queue,
  roleOfName,
  publisher,
  session,
  policy,
  outcome,
  statement,
  identity,
  setUpPolicies,
} from "./policies-in-force.ts";

const { publish, putRole, redrive, roles, sendRecord, setPolicy, setText } = setUpPolicies();

describe("a role without a policy of its own is let through", () => {
  it.each<[who: string, principal: unknown, allowed: boolean]>([
    ["everybody", "*", true],
    ["everybody, written out", { AWS: "*" }, true],
    ["its role", { AWS: publisher }, true],
    ["its role among others", { AWS: [roleOfName("Other"), publisher] }, true],
    ["its session", { AWS: session }, true],
    ["another role", { AWS: roleOfName("Other") }, false],
    ["its account, which leaves it to the role's own policies", { AWS: root }, false],
    ["its account by number", { AWS: account }, false],
    ["a service", { Service: "sns.amazonaws.com" }, false],
  ])("by an allow for %s: %#", (_, principal, allowed) => {
    setPolicy(topic, statement("Allow", principal));
    const rejected = "because no identity-based policy allows the sns:Publish action";
    expect(outcome(publish)).toContain(allowed ? "allowed" : rejected);
  });

  it("only for what the statement is about", () => {
    setPolicy(topic, statement("Allow", "*", { Action: "sns:Subscribe" }));
    expect(() => publish()).toThrow("not authorized");
    setPolicy(topic, statement("Allow", "*", { Resource: `${topic}2` }));
    expect(() => publish()).toThrow("not authorized");
  });

  it("unless the boundary of its role does not allow it", () => {
    setPolicy(topic, statement("Allow", "*"));
    const permissionsBoundary = `arn:aws:iam::${account}:policy/boundary`;
    roles().putPolicy(permissionsBoundary, policy({ ...identity, Action: "sqs:*" }));
    roles().put({ name: "Publisher", arn: publisher, inlinePolicies: [], permissionsBoundary });
    expect(() => publish()).toThrow("because no permissions boundary allows");
  });
});

describe("a role whose own policy lets it through is rejected", () => {
  it.each<[who: string, principal: unknown, denied: boolean]>([
    ["everybody", "*", true],
    ["its role", { AWS: publisher }, true],
    ["its session", { AWS: session }, true],
    ["its account", { AWS: root }, true],
    ["its account by number", { AWS: account }, true],
    ["another role", { AWS: roleOfName("Other") }, false],
    ["another account", { AWS: "111111111111" }, false],
    ["a service", { Service: "sns.amazonaws.com" }, false],
  ])("by a deny for %s: %#", (_, principal, denied) => {
    putRole("Publisher", identity);
    setPolicy(topic, statement("Deny", principal), statement("Allow", "*"));
    const rejected = `${session} is not authorized to perform: sns:Publish on resource: ${topic} with an explicit deny in a resource-based policy`;
    expect(outcome(publish)).toContain(denied ? rejected : "allowed");
  });

  it("by a policy that cannot be evaluated", () => {
    putRole("Publisher", identity);
    setText(topic, policy({ ...statement("Allow", "*"), NotPrincipal: "*" }));
    expect(() => publish()).toThrow("NotPrincipal");
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe("the operator", () => {
  it("may do what no policy denies", () => {
    expect(() => publish("operator")).not.toThrow();
    setPolicy(topic, statement("Allow", { AWS: publisher }));
    expect(() => publish("operator")).not.toThrow();
  });

  it.each([
    ["everybody", "*"],
    ["the account", { AWS: root }],
  ])("is rejected by a deny for %s, with the service's code", (_, principal) => {
    setPolicy(topic, statement("Deny", principal));
    expect(() => publish("operator")).toThrow(
      expect.objectContaining({
        code: "AuthorizationError",
        status: 403,
        message: `User: ${root} is not authorized to perform: sns:Publish on resource: ${topic} with an explicit deny in a resource-based policy`,
      }),
    );
  });

  it("is not rejected by a deny for a role", () => {
    setPolicy(topic, statement("Deny", { AWS: publisher }));
    expect(() => publish("operator")).not.toThrow();
  });
});

// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
describe("a service needs the resource's policy", () => {
  const allowed = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };

  it("and is rejected without one", () => {
    expect(() => redrive()).toThrow(
      `User: sns.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue} because no resource-based policy allows the sqs:SendMessage action`,
    );
  });

  it.each<[who: string, principal: unknown, passes: boolean]>([
    ["it", { Service: "sns.amazonaws.com" }, true],
    ["everybody", "*", true],
    ["another service", { Service: "events.amazonaws.com" }, false],
    ["the account", { AWS: root }, false],
  ])("which names %s", (_, Principal, passes) => {
    setPolicy(queue, { ...allowed, Principal });
    expect(outcome(redrive)).toContain(passes ? "allowed" : "not authorized");
  });

  it("whose condition is about the topic that it acts for, and not about the account", () => {
    const byService = { ...allowed, Principal: { Service: "sns.amazonaws.com" } };
    setPolicy(queue, { ...byService, Condition: { ArnEquals: { "aws:SourceArn": topic } } });
    expect(() => redrive()).not.toThrow();
    expect(() => redrive(`${topic}2`)).toThrow("not authorized");
    const Condition = { StringEquals: { "aws:SourceAccount": account } };
    setPolicy(queue, { ...byService, Condition });
    expect(() => redrive()).toThrow("not authorized");
  });
});

describe("a function's record", () => {
  it("is sent with the role of the function", () => {
    expect(() => sendRecord("Failing")).toThrow("assumed-role/Failing/Failing is not authorized");
    putRole("Failing", { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue });
    expect(() => sendRecord("Failing")).not.toThrow();
    expect(() => sendRecord("Failing", topic)).toThrow("sns:Publish");
    setPolicy(queue, { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue });
    expect(() => sendRecord("Failing")).toThrow("explicit deny in a resource-based policy");
  });

  it("goes nowhere when there is no such function any more", () => {
    expect(() => sendRecord("operator")).toThrow("There is no role of operator.");
  });
});

describe("a resource's policy is rejected", () => {
  it.each<[part: string, statement: object]>([
    ["no principal", identity],
    ["a principal that names nobody", statement("Allow", {})],
    ["NotPrincipal", { ...identity, NotPrincipal: "*" }],
    ["another kind of principal", statement("Allow", { Federated: "accounts.example.com" })],
    ["a principal with a wildcard", statement("Allow", { AWS: `${root}*` })],
    ["every service", statement("Deny", { Service: "*" })],
    [
      "a set operator",
      statement("Deny", "*", { Condition: { "ForAllValues:StringEquals": { a: "b" } } }),
    ],
  ])("that has %s", (_, part) => {
    expect(() => parseResourcePolicy(policy(part))).toThrow("cannot evaluate the policy");
  });
});
