/** A cloud with keys, and roles that call: the clock moves when the test says so. */
import { afterEach, beforeEach } from "vitest";
import type { KeySettings } from "../../../src/services/kms/keys.ts";
import type { Principal } from "../../../src/services/iam/principal.ts";
import { callJson } from "../../support/raw-calls.ts";
import {
  environment,
  operator,
  startTestCloud,
  type StartedCloud,
} from "../../support/test-cloud.ts";

const { account } = environment;
export const root = `arn:aws:iam::${account}:root`;
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** A role's session, as a function has it. */
export const role = (name: string): Principal => ({
  kind: "role",
  arn: roleArn(name),
  session: name,
});

export const service = (name: string, sourceArn?: string): Principal => ({
  kind: "service",
  name,
  sourceArn,
});

/** A policy, as text. */
export const policy = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });

/** A statement of a key's policy. */
export const allow = (Principal: object | "*", Action: string | readonly string[], more = {}) => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource: "*",
  ...more,
});

export const writeAndRead = ["kms:GenerateDataKey", "kms:Decrypt"];

/** Lets root change the policy again, and nothing else. */
export const administration = allow({ AWS: root }, ["kms:PutKeyPolicy", "kms:DescribeKey"]);

export function setUpKeys() {
  let cloud: StartedCloud;
  beforeEach(async () => {
    cloud = await startTestCloud();
  });
  afterEach(() => cloud.stop());

  return {
    cloud: () => cloud,
    /** The ARN of a new key. */
    createKey: (settings: Partial<KeySettings> = {}) =>
      cloud.kms.keys.create({ description: "", policy: undefined, isEnabled: true, ...settings }),
    /** Lets a role do what statements without a principal say. */
    putRole: (name: string, ...statements: readonly object[]) =>
      cloud.roles.put({ name, arn: roleArn(name), inlinePolicies: [policy(...statements)] }),
    /** Calls an operation of KMS as the operator; an error has its code. */
    call: async (operation: string, input: object): Promise<Record<string, unknown>> => {
      const target = `TrentService.${operation}`;
      const { body } = await callJson(cloud.endpoint, "kms", target, input);
      const output: Record<string, unknown> = JSON.parse(body);
      return output;
    },
    operator,
  };
}
