/**
 * What a role may do, by every way in which a policy can come to it. Of AWS's own policies:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roleAllows } from "../../src/services/iam/authorize.ts";
import { account, allow, lambdaTrust, output, policy } from "./declarations.ts";
import {
  startDeployableCloud,
  type Declare,
  type Program,
  type DeployableCloud,
} from "./deployable-cloud.ts";

const topic = "arn:aws:sns:us-east-1:000000000000:names";
const publishing = policy(allow("sns:Publish", topic));

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

const declareRole = (declare: Declare, inputs: object = {}) =>
  declare("aws:iam/role:Role", "Role", { name: "role", assumeRolePolicy: lambdaTrust, ...inputs });

/** Whether the role may publish once a program stands. */
async function mayPublish(program: Program): Promise<boolean> {
  const role = (await cloud.deploy(program)).get("Role");
  if (role === undefined) throw new Error("The program declares no role.");
  const call = { action: "sns:Publish", resource: topic };
  return roleAllows(cloud.roles, output(role, "arn"), call);
}

const withRolePolicy = (document?: string) => async (declare: Declare) => {
  const { id: role } = await declareRole(declare);
  if (document === undefined) return;
  await declare("aws:iam/rolePolicy:RolePolicy", "RolePolicy", { role, policy: document });
};

describe("a role may do", () => {
  it("nothing by itself, and what its own policies say, as text or as an object", async () => {
    await expect(mayPublish((declare) => declareRole(declare))).resolves.toBe(false);
    for (const own of [publishing, JSON.parse(publishing)]) {
      const inputs = { inlinePolicies: [{ name: "own", policy: own }] };
      await expect(mayPublish((declare) => declareRole(declare, inputs))).resolves.toBe(true);
    }
    await expect(mayPublish((declare) => declareRole(declare))).resolves.toBe(false);
  });

  it("what a RolePolicy says, until that is removed", async () => {
    await expect(mayPublish(withRolePolicy(publishing))).resolves.toBe(true);
    await expect(
      mayPublish(withRolePolicy(policy(allow("sns:Publish", `${topic}2`)))),
    ).resolves.toBe(false);
    await expect(mayPublish(withRolePolicy(publishing))).resolves.toBe(true);
    await expect(mayPublish(withRolePolicy())).resolves.toBe(false);
  });

  it.each([
    ["an attachment", attachPolicy],
    ["the role itself", nameManagedPolicy],
  ])("what a policy of the account says that %s names, as it is now", async (_, attach) => {
    const program = (document?: string) => async (declare: Declare) => {
      const inputs = { name: "publishing", path: "/team/", policy: document };
      if (document !== undefined) await declare("aws:iam/policy:Policy", "Policy", inputs);
      await attach(declare, `arn:aws:iam::${account}:policy/team/publishing`);
    };
    await expect(mayPublish(program(publishing))).resolves.toBe(true);
    await expect(mayPublish(program(policy(allow("sqs:*", "*"))))).resolves.toBe(false);
    await expect(mayPublish(program(publishing))).resolves.toBe(true);
    await expect(mayPublish(program())).resolves.toBe(false);
    await cloud.deploy(program(publishing));
    await expect(mayPublish((declare) => declareRole(declare))).resolves.toBe(false);
  });

  it("what a policy of AWS's own says that is known here, and no more", async () => {
    const name = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess";
    await expect(mayPublish((declare) => attachPolicy(declare, name))).resolves.toBe(false);
    const role = `arn:aws:iam::${account}:role/role`;
    const allows = (action: string) => roleAllows(cloud.roles, role, { action, resource: "*" });
    expect(allows("xray:PutTraceSegments")).toBe(true);
    expect(allows("xray:GetTraceSummaries")).toBe(false);
    expect(cloud.limitations()).toEqual([]);
  });

  it("nothing by a policy of AWS's own, whose content is not known here", async () => {
    const aws = "arn:aws:iam::aws:policy/AdministratorAccess";
    await expect(mayPublish((declare) => nameManagedPolicy(declare, aws))).resolves.toBe(false);
    expect(cloud.limitations()).toEqual([
      { service: "IAM", text: `AWS's own AdministratorAccess is unknown and grants nothing` },
    ]);
  });
});

const bounded = (permissionsBoundary: string) => (declare: Declare) =>
  declareRole(declare, { inlinePolicies: [{ policy: publishing }], permissionsBoundary });

const within = (document: string) => async (declare: Declare) => {
  const boundary = await declare("aws:iam/policy:Policy", "Boundary", { policy: document });
  await bounded(boundary.id)(declare);
};

describe("a permissions boundary", () => {
  it("takes away what it does not allow, and grants nothing", async () => {
    await expect(mayPublish(within(policy(allow("sns:*", "*"))))).resolves.toBe(true);
    await expect(mayPublish(within(policy(allow("sqs:*", "*"))))).resolves.toBe(false);
    await expect(
      mayPublish(async (declare) => {
        const boundary = await declare("aws:iam/policy:Policy", "Boundary", { policy: publishing });
        await declareRole(declare, { permissionsBoundary: boundary.id });
      }),
    ).resolves.toBe(false);
  });

  it("of AWS's own allows what that says, where it is known here", async () => {
    const logs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    await expect(mayPublish(bounded(logs))).resolves.toBe(false);
    expect(cloud.limitations()).toEqual([]);
  });

  it("of AWS's own forbids everything where it is not known, and says so", async () => {
    const aws = "arn:aws:iam::aws:policy/PowerUserAccess";
    await expect(mayPublish(bounded(aws))).resolves.toBe(false);
    expect(cloud.limitations()).toEqual([
      {
        service: "IAM",
        text: `AWS's own PowerUserAccess is unknown and, as a boundary, forbids all`,
      },
    ]);
  });
});

async function attachPolicy(declare: Declare, policyArn: string): Promise<void> {
  const { id: role } = await declareRole(declare);
  const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
  await declare(type, "Attachment", { role, policyArn });
}

async function nameManagedPolicy(declare: Declare, policyArn: string): Promise<void> {
  await declareRole(declare, { managedPolicyArns: [policyArn] });
}
