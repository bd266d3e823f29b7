/** A cloud with keys, and roles that call: the clock moves when the test says so. */
import { afterEach, beforeEach } from "vitest";
import type { KeySettings } from "../../../src/services/kms/keys.ts";
import type { Principal } from "../../../src/services/iam/principal.ts";
import { callJson } from "../../support/raw-calls.ts";
import { operator, startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import { policy, roleOfName, root } from "../iam/policies-in-force.ts";

/** A role's session, as a function has it. */
export const role = (name: string): Principal => ({
  kind: "role",
  arn: roleOfName(name),
  session: name,
});

export const service = (name: string, sourceArn?: string): Principal => ({
  kind: "service",
  name,
  sourceArn,
});

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
const administration = allow({ AWS: root }, ["kms:PutKeyPolicy", "kms:DescribeKey"]);

const plain: KeySettings = { description: "", policy: undefined, isEnabled: true };

export function setUpKeys() {
  let cloud: StartedCloud;
  beforeEach(async () => {
    cloud = await startTestCloud();
  });
  afterEach(() => cloud.stop());

  const createKey = (settings: Partial<KeySettings> = {}) =>
    cloud.kms.keys.create({ ...plain, ...settings });

  return {
    cloud: () => cloud,
    createKey,
    /** A key whose policy has these statements and the administration; `change` replaces them. */
    createKeyWith: (...statements: readonly object[]) => {
      const { id, arn } = createKey({ policy: policy(administration, ...statements) });
      const change = (...others: readonly object[]) =>
        cloud.kms.keys.update(id, { ...plain, policy: policy(administration, ...others) });
      return { id, arn, change };
    },
    /** Lets a role do what statements without a principal say. */
    putRole: (name: string, ...statements: readonly object[]) =>
      cloud.roles.put({ name, arn: roleOfName(name), inlinePolicies: [policy(...statements)] }),
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
