/** Outputs in the shape that the AWS provider declares, read from SST's platform. */
import { expect, it } from "vitest";
import { readDeclarations } from "../../src/inert/declarations.ts";
import { createPlausibleOutputs } from "../../src/inert/plausible-outputs.ts";
import { environment } from "../support/test-cloud.ts";

const outputsFor = createPlausibleOutputs(environment, readDeclarations(".sst/platform"));
const tableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders";

it("names a table, its stream and its Region as AWS would", () => {
  expect(outputsFor({ type: "aws:dynamodb/table:Table", name: "Orders" })).toMatchObject({
    name: "Orders",
    arn: tableArn,
    streamArn: `${tableArn}/stream`,
    region: "us-east-1",
    readCapacity: 1,
    tagsAll: {},
  });
});

it("leaves out what may be absent", () => {
  const table = outputsFor({ type: "aws:dynamodb/table:Table", name: "Orders" });
  expect(Object.keys(table)).not.toContain("billingMode");
  expect(Object.keys(table)).not.toContain("tags");
});

it("makes structures, in lists too", () => {
  const certificate = outputsFor({ type: "aws:acm/certificate:Certificate", name: "Site" });
  expect(certificate["domainValidationOptions"]).toEqual([
    {
      domainName: "site.us-east-1.amazonaws.com",
      resourceRecordName: "Site-resourceRecordName",
      resourceRecordType: "Site-resourceRecordType",
      resourceRecordValue: "Site-resourceRecordValue",
    },
  ]);
});

it.each([
  ["aws:lb/loadBalancer:LoadBalancer", { dnsName: "x.us-east-1.amazonaws.com" }],
  ["aws:lambda/functionUrl:FunctionUrl", { functionUrl: "https://x.us-east-1.amazonaws.com" }],
  ["aws:index/getAvailabilityZones:getAvailabilityZones", { names: ["x-names"] }],
  ["aws:s3/bucket:Bucket", { arn: "arn:aws:s3:::x", bucket: "x" }],
  ["aws:iam/group:Group", { arn: "arn:aws:iam::000000000000:group/x" }],
  ["aws:ec2/getVpc:getVpc", { id: "x", ownerId: "000000000000", enableDnsSupport: false }],
  ["random:index/randomPassword:RandomPassword", { result: "x-result" }],
  ["docker-build:index:Image", { ref: "x-ref" }],
])("knows what %s comes out with", (type, outputs) => {
  expect(outputsFor({ type, name: "x" })).toMatchObject(outputs);
});

it.each(["acme:index/thing:Thing", "pulumi-nodejs:dynamic:Resource", "x", "aws:../../aws:Table"])(
  "gives what no installed provider declares (%s) a name and an ARN",
  (type) => {
    expect(Object.keys(outputsFor({ type, name: "x" }))).toEqual(["name", "arn"]);
  },
);
