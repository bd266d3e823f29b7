/**
 * A resource's policy beside the caller's own: who may do what.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import { beforeEach, describe, expect, it } from "vitest";
import { createAuthorize } from "../../../src/services/iam/authorize.ts";
import { createRoles, type Roles } from "../../../src/services/iam/roles.ts";
import { createSenderChecks } from "../../../src/services/iam/senders.ts";
import { parseResourcePolicy } from "../../../src/services/iam/policy.ts";

const account = "000000000000";
const root = `arn:aws:iam::${account}:root`;
const topic = `arn:aws:sns:us-east-1:${account}:names`;
const queue = `arn:aws:sqs:us-east-1:${account}:letters`;
const secret = `arn:aws:secretsmanager:us-east-1:${account}:secret:address-AbC123`;
const roleOfName = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const publisher = roleOfName("Publisher");
const session = `arn:aws:sts::${account}:assumed-role/Publisher/Publisher`;
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;

let roles: Roles;
let policies: Map<string, string>;
beforeEach(() => {
  roles = createRoles();
  policies = new Map();
});

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const setPolicy = (arn: string, ...statements: object[]) =>
  policies.set(arn, policy(...statements));
const putRole = (name: string, ...statements: object[]) =>
  roles.put({ name, arn: roleOfName(name), inlinePolicies: [policy(...statements)] });

/** Functions have the role of their name. */
const roleOf = (name: string) => {
  const role = roleOfName(name.split(":").at(-1) ?? "");
  return role.endsWith("operator") ? undefined : role;
};
const sources = () => ({ roles, policyOf: (arn: string) => policies.get(arn), roleOf });

function call(caller: string, action: string, resource: string): void {
  const [service = "", operation = ""] = action.split(":");
  createAuthorize({ account, ...sources() })({ caller, service, operation, resource });
}
const publish = (caller = "Publisher") => call(caller, "sns:Publish", topic);
const redrive = (from = topic) => createSenderChecks(sources()).ofNotification(from, queue);
const sendRecord = (name: string, to = queue) =>
  createSenderChecks(sources()).ofRecord(functionArn(name), to);

/** What came of a call: "allowed", or the words of the rejection. */
function outcome(run: () => void): string {
  try {
    run();
    return "allowed";
  } catch (error) {
    return String(error);
  }
}

const statement = (Effect: string, Principal: unknown, more: object = {}) => ({
  Effect,
  Principal,
  Action: "sns:Publish",
  Resource: topic,
  ...more,
});
const identity = { Effect: "Allow", Action: "sns:Publish", Resource: topic };

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
    roles.putPolicy(permissionsBoundary, policy({ ...identity, Action: "sqs:*" }));
    roles.put({ name: "Publisher", arn: publisher, inlinePolicies: [], permissionsBoundary });
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
    policies.set(topic, policy({ ...statement("Allow", "*"), NotPrincipal: "*" }));
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

  it("whose condition is about the topic that it acts for", () => {
    const Condition = {
      ArnLike: { "aws:SourceArn": topic },
      StringEquals: { "aws:SourceAccount": account },
    };
    setPolicy(queue, { ...allowed, Principal: { Service: "sns.amazonaws.com" }, Condition });
    expect(() => redrive()).not.toThrow();
    expect(() => redrive(`${topic}2`)).toThrow("not authorized");
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

const denyPlainHttp = (Action: unknown, Resource: string, secure = "false") => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource,
  Condition: { Bool: { "aws:SecureTransport": secure } },
});
const allowRole = (role: string, Action: string, Resource: string) => ({
  Effect: "Allow",
  Principal: { AWS: root },
  Action,
  Resource,
  Condition: { ArnEquals: { "aws:PrincipalArn": role } },
});

/** Statements as apps write them to close a topic, a queue and a secret. */
describe("policies that close a resource", () => {
  it("let one role publish to the topic, and nobody else", () => {
    for (const name of ["Publisher", "Other"]) putRole(name, identity);
    const exceptPublisher = { Condition: { ArnNotEquals: { "aws:PrincipalArn": publisher } } };
    setPolicy(
      topic,
      denyPlainHttp(["sns:Publish", "sns:Subscribe"], topic),
      allowRole(publisher, "sns:Publish", topic),
      statement("Deny", "*", exceptPublisher),
    );
    expect(() => publish()).not.toThrow();
    for (const caller of ["Other", "operator"]) {
      expect(() => publish(caller)).toThrow("explicit deny in a resource-based policy");
      expect(() => call(caller, "sns:PublishBatch", topic)).toThrow("explicit deny");
    }
    expect(() => call("operator", "sns:Subscribe", topic)).not.toThrow();
  });

  it("let one role and one topic send to the queue, and nobody else", () => {
    const sending = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };
    for (const name of ["Failing", "Other"]) putRole(name, sending);
    const failing = roleOfName("Failing");
    setPolicy(
      queue,
      denyPlainHttp("sqs:*", queue),
      {
        ...sending,
        Principal: { Service: "sns.amazonaws.com" },
        Condition: {
          ArnLike: { "aws:SourceArn": topic },
          StringEquals: { "aws:SourceAccount": account },
        },
      },
      allowRole(failing, "sqs:SendMessage", queue),
      {
        ...sending,
        Effect: "Deny",
        Principal: "*",
        Condition: { ArnNotEquals: { "aws:PrincipalArn": failing, "aws:SourceArn": topic } },
      },
    );
    expect(() => sendRecord("Failing")).not.toThrow();
    expect(() => redrive()).not.toThrow();
    expect(() => sendRecord("Other")).toThrow("explicit deny");
    expect(() => redrive(`${topic}2`)).toThrow("explicit deny");
    expect(() => call("operator", "sqs:SendMessageBatch", queue)).toThrow(
      expect.objectContaining({ code: "AccessDenied", status: 403 }),
    );
    expect(() => call("operator", "sqs:ReceiveMessage", queue)).not.toThrow();
  });

  it("leave a secret to the role that they name by its condition, if its own policy lets it", () => {
    const read = "secretsmanager:GetSecretValue";
    setPolicy(
      secret,
      denyPlainHttp("secretsmanager:*", secret),
      allowRole(publisher, read, secret),
    );
    expect(() => call("Publisher", read, secret)).toThrow("no identity-based policy");
    putRole("Publisher", { Effect: "Allow", Action: read, Resource: secret });
    expect(() => call("Publisher", read, secret)).not.toThrow();
    expect(() => call("Other", read, secret)).toThrow("not authorized");
    expect(() => call("operator", read, secret)).not.toThrow();
  });

  it("take every call for one over TLS", () => {
    setPolicy(secret, denyPlainHttp("secretsmanager:*", secret, "true"));
    expect(() => call("operator", "secretsmanager:GetSecretValue", secret)).toThrow(
      "explicit deny",
    );
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
