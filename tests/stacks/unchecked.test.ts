/** What the rules check of types that this app does not have, and what they say that they do not know. */
import { describe, expect, it } from "vitest";
import { isAdmitted } from "../../stacks/policy/protected/admitted.ts";
import { checkGraph, uncheckedIn, type GraphResource } from "../../stacks/policy/index.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/1";

function resource(
  type: string,
  inputs: GraphResource["inputs"],
  more: Partial<GraphResource> = {},
): GraphResource {
  return { id: "one", type, name: "One", parent: "", inputs, outputs: {}, ...more };
}

const key = resource(
  "aws:kms/key:Key",
  { enableKeyRotation: true, policy: "{}" },
  { name: "Key", outputs: { arn: keyArn } },
);

/** The rules that a resource breaks beside a key, in a stage that is not protected. */
const brokenBy = (...resources: GraphResource[]) => brokenIn(false, resources);

function brokenIn(protect: boolean, resources: readonly GraphResource[]) {
  const all = checkGraph([key, ...resources], { protect });
  const own = all.filter((violation) => violation.resource === "One");
  return [...new Set(own.map(({ rule }) => rule))];
}

const unchecked = (...resources: GraphResource[]) => uncheckedIn(resources, { protect: false });

const arnC = "arn:aws:acme:us-east-1:000000000000:thing/c";
const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const allow = (more: object) => ({ Effect: "Allow", Action: "a:B", Resource: arnC, ...more });

const TABLE = "aws:dynamodb/table:Table";
const STREAM = "aws:kinesis/stream:Stream";
const FILES = "aws:efs/fileSystem:FileSystem";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const SECRET = "aws:secretsmanager/secret:Secret";

/** What protected stages say of a type that they do not admit. */
const UNKNOWN = "types-are-known";

describe("a data store", () => {
  const sse = { enabled: true, kmsKeyArn: keyArn };

  it.each([
    [TABLE, { serverSideEncryption: sse }],
    [STREAM, { encryptionType: "KMS", kmsKeyId: keyArn }],
    [FILES, { encrypted: true, kmsKeyId: keyArn }],
  ])("%s may be encrypted with a key of the app", (type, inputs) => {
    expect(brokenIn(true, [resource(type, inputs)])).toEqual([UNKNOWN]);
  });

  it.each([
    [TABLE, {}],
    [TABLE, { serverSideEncryption: { enabled: true } }],
    [TABLE, { serverSideEncryption: { ...sse, kmsKeyArn: "alias/aws/dynamodb" } }],
    [STREAM, { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }],
    [FILES, { encrypted: true }],
    [QUEUE, { sqsManagedSseEnabled: true }],
    [QUEUE, { kmsMasterKeyId: "alias/aws/sqs" }],
    [TOPIC, { kmsMasterKeyId: "alias/aws/sns" }],
    [SECRET, {}],
  ])("%s with %j may be so where the stage is not protected", (type, inputs) => {
    const rule = "encrypted-with-customer-keys";
    expect(brokenIn(true, [resource(type, inputs)])).toContain(rule);
    expect(brokenIn(false, [resource(type, inputs)])).not.toContain(rule);
    expect(brokenIn(false, [resource(type, inputs)])).not.toContain("encrypted-at-rest");
  });

  it.each([
    [TABLE, { serverSideEncryption: { ...sse, enabled: false } }],
    [TABLE, { serverSideEncryption: { ...sse, kmsKeyArn: "arn:aws:kms:::key/of-others" } }],
    [STREAM, {}],
    [STREAM, { encryptionType: "NONE", kmsKeyId: keyArn }],
    [FILES, { kmsKeyId: keyArn }],
    [FILES, {}],
    [QUEUE, {}],
    [QUEUE, { sqsManagedSseEnabled: false }],
    [TOPIC, {}],
    [SECRET, { kmsKeyId: "arn:aws:kms:::key/of-others" }],
  ])("%s with %j breaks a rule", (type, inputs) => {
    expect(brokenBy(resource(type, inputs))).toContain("encrypted-at-rest");
  });

  it("that is only looked up is not the program's to encrypt", () => {
    expect(brokenBy(resource(TABLE, {}, { existing: true }))).toEqual([]);
    expect(unchecked(resource(TABLE, {}, { existing: true }))).toEqual([]);
  });
});

describe("a bucket", () => {
  const bucket = resource("aws:s3/bucket:Bucket", {}, { outputs: { arn: arnC } });
  const encryption = (kmsMasterKeyId: string) =>
    resource(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      { bucket: "one", rules: [{ applyServerSideEncryptionByDefault: { kmsMasterKeyId } }] },
      { name: "Encryption" },
    );
  const denial = { ...allow({}), Effect: "Deny", Principal: "*", Action: "s3:*" };
  const tls = { Bool: { "aws:SecureTransport": false } };
  const policy = resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    { bucket: "one", policy: JSON.stringify(policyOf({ ...denial, Condition: tls })) },
    { name: "Policy" },
  );

  it("is encrypted with a key of the app, and denies plain HTTP", () => {
    expect(brokenIn(true, [bucket, encryption(keyArn), policy])).toEqual([UNKNOWN]);
  });

  it.each([
    ["without its encryption", [policy], "encrypted-with-customer-keys"],
    ["with S3's own key", [encryption("alias/aws/s3"), policy], "encrypted-with-customer-keys"],
    ["without its policy", [encryption(keyArn)], "encrypted-in-transit"],
  ])("%s breaks a rule", (_, others, rule) => {
    expect(brokenIn(true, [bucket, ...others]).toSorted()).toEqual([rule, UNKNOWN]);
  });
});

describe("a function's grants for a queue", () => {
  const NAME = "grants-are-for-one-function";
  const [queueArn, functionArn, roleArn] = ["arn:of:queue", "arn:of:function", "arn:of:role/r"];
  const grant = allow({ Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: queueArn });
  const inlinePolicies = [{ policy: JSON.stringify(policyOf(grant)) }];
  const role = resource(
    "aws:iam/role:Role",
    { inlinePolicies },
    { name: "Role", outputs: { arn: roleArn } },
  );
  const worker = resource(
    "aws:lambda/function:Function",
    { role: roleArn },
    { outputs: { arn: functionArn } },
  );
  const mapping = (eventSourceArn: string) =>
    resource(
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      { functionName: functionArn, eventSourceArn },
      { name: "Mapping" },
    );

  it("need no condition on its calls where Lambda reads the queue for it", () => {
    expect(brokenBy(worker, role, mapping(queueArn))).not.toContain(NAME);
  });

  it("need one where Lambda reads another, or none", () => {
    expect(brokenBy(worker, role, mapping("arn:of:another"))).toContain(NAME);
    expect(brokenBy(worker, role)).toContain(NAME);
  });
});

const unknown = "aws:acme/thing:Thing";

describe("a policy in any resource", () => {
  it.each([
    ["as JSON", (policy: object) => ({ accessPolicy: JSON.stringify(policy) })],
    ["as an object", (policy: object) => ({ accessPolicy: policy })],
    ["in a list within", (policy: object) => ({ rules: [{ policy: JSON.stringify(policy) }] })],
    ["in JSON within JSON", (policy: object) => ({ a: JSON.stringify([{ policy }]) })],
  ])("%s may not grant to everybody", (_, inputs) => {
    const named = resource(unknown, inputs(policyOf(allow({}))));
    expect(brokenBy(named)).toEqual([]);
    const open = resource(unknown, inputs(policyOf(allow({ Principal: "*" }))));
    expect(brokenBy(open)).toEqual(["no-wildcard-grants", "principals-are-of-this-account"]);
  });

  it("must be one that can be parsed", () => {
    expect(brokenBy(resource(unknown, { policy: policyOf(allow({ Acton: "a:B" })) }))).toEqual([
      "no-wildcard-grants",
    ]);
    const TABLE_POLICY = "aws:dynamodb/resourcePolicy:ResourcePolicy";
    expect(brokenBy(resource(TABLE_POLICY, { policy: "{" }))).toEqual(["no-wildcard-grants"]);
  });

  it("may be of the older version, and compare with booleans and numbers", () => {
    const Condition = { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "a:b": [1] } };
    const policy = { Version: "2008-10-17", Statement: allow({ Condition }) };
    expect(brokenBy(resource(unknown, { policy }))).toEqual([]);
  });

  it("is no other text with statements in it", () => {
    expect(brokenBy(resource(unknown, { note: "{ Statement", list: "[1]" }))).toEqual([]);
  });
});

const queue = resource(QUEUE, {}, { name: "Queue", outputs: { url: "u" } });
const lets = (Condition: object) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", {
    queueUrl: "u",
    policy: policyOf(allow({ Principal: { Service: "events.amazonaws.com" }, Condition })),
  });

describe("unchecked", () => {
  it.each([
    ["a type without rules", unknown, {}, ""],
    ["a type with only some", TABLE, {}, "only encrypted-at-rest"],
    [
      "a type of which only the policy is checked",
      unknown,
      { policy: policyOf(allow({})) },
      "only no-wildcard-grants",
    ],
    ["a type of another provider", "acme:index/thing:Thing", {}, ""],
  ])("is %s", (_, type, inputs, note) => {
    expect(unchecked(resource(type, inputs))).toEqual([{ what: type, resource: "One", note }]);
  });

  it.each([
    ["a type whose limits are known", resource("aws:sns/topic:Topic", {})],
    ["a component", resource("sst:aws:Dynamo", {}, { id: "" })],
    ["the settings of a provider", resource("pulumi:providers:aws", {})],
  ])("is not %s", (_, known) => {
    expect(unchecked(known)).toEqual([]);
  });

  it("is a service of which no source was read, and it must still act for named resources", () => {
    const named = lets({
      ArnEquals: {
        "aws:SourceArn": "arn:aws:events:us-east-1:000000000000:rule/d",
        "aws:Any": "1",
      },
    });
    expect(brokenBy(queue, named)).toEqual([]);
    expect(unchecked(named)).toEqual([
      { what: "events.amazonaws.com", resource: "One", note: "which condition keys it sends" },
    ]);
    expect(brokenBy(queue, lets({}))).toEqual(["services-act-for-named-resources"]);
  });
});

it.each([
  ["a reason", { vpcConfig: "reaches the database" }, true],
  ["an empty reason", { vpcConfig: " " }, false],
  ["no entry", {}, false],
])("protected stages admit what has %s: %j", (_, admitted, isTaken) => {
  expect(isAdmitted(admitted, "vpcConfig")).toBe(isTaken);
});
