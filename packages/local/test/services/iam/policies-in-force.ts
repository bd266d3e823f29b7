/** A resource's policy beside the roles of callers, for tests of what they decide. */
import { beforeEach } from "vitest";
import { createAuthorize } from "../../../src/services/iam/authorize.ts";
import { createRoles, type Roles } from "../../../src/services/iam/roles.ts";
import { createSenderChecks } from "../../../src/services/iam/senders.ts";

export const account = "000000000000";
export const root = `arn:aws:iam::${account}:root`;
export const topic = `arn:aws:sns:us-east-1:${account}:names`;
export const queue = `arn:aws:sqs:us-east-1:${account}:letters`;
export const secret = `arn:aws:secretsmanager:us-east-1:${account}:secret:address-AbC123`;
export const roleOfName = (name: string) => `arn:aws:iam::${account}:role/${name}`;
export const publisher = roleOfName("Publisher");
export const session = `arn:aws:sts::${account}:assumed-role/Publisher/Publisher`;
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`;

export const policy = (...Statement: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });

/** What came of a call: "allowed", or the words of the rejection. */
export function outcome(run: () => void): string {
  try {
    run();
    return "allowed";
  } catch (error) {
    return String(error);
  }
}

export const statement = (Effect: string, Principal: unknown, more: object = {}) => ({
  Effect,
  Principal,
  Action: "sns:Publish",
  Resource: topic,
  ...more,
});
export const identity = { Effect: "Allow", Action: "sns:Publish", Resource: topic };

/** Functions have the role of their name. */
const roleOf = (name: string) => {
  const role = roleOfName(name.split(":").at(-1) ?? "");
  return role.endsWith("operator") ? undefined : role;
};

const functionOf = (name: string) => {
  const roleArn = roleOf(name);
  return roleArn === undefined ? undefined : { arn: functionArn(name), roleArn };
};

/** Roles and policies of a test's own, and calls that they decide about. */
export function setUpPolicies() {
  let roles: Roles;
  let policies: Map<string, string>;
  beforeEach(() => {
    roles = createRoles();
    policies = new Map();
  });

  const setPolicy = (arn: string, ...statements: object[]) =>
    policies.set(arn, policy(...statements));
  const putRole = (name: string, ...statements: object[]) =>
    roles.put({ name, arn: roleOfName(name), inlinePolicies: [policy(...statements)] });

  const sources = () => ({ roles, policyOf: (arn: string) => policies.get(arn), roleOf });

  function call(caller: string, action: string, resource: string): void {
    const [service = "", operation = ""] = action.split(":");
    createAuthorize({ account, functionOf, ...sources() })({
      caller,
      service,
      operation,
      resource,
    });
  }
  const publish = (caller = "Publisher") => call(caller, "sns:Publish", topic);
  const redrive = (from = topic) => createSenderChecks(sources()).ofNotification(from, queue);
  const sendRecord = (name: string, to = queue) =>
    createSenderChecks(sources()).ofRecord(functionArn(name), to);

  return {
    setPolicy,
    putRole,
    /** Sets what no resource would: a policy as text. */
    setText: (arn: string, text: string) => policies.set(arn, text),
    roles: () => roles,
    call,
    publish,
    redrive,
    sendRecord,
  };
}
