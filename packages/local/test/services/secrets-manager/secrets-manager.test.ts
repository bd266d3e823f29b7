import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";

let aws: StartedCloud;
beforeAll(async () => {
  aws = await startTestCloud();
});
afterAll(() => aws.stop());

const valueOf = async (
  SecretId: string,
  which: { VersionId?: string; VersionStage?: string } = {},
) => {
  const output = await aws.clients.secretsManager.send(
    new GetSecretValueCommand({ SecretId, ...which }),
  );
  return output.SecretString;
};

test("a secret is found by its name, its ARN, and its ARN without the suffix", async () => {
  const { arn, name } = aws.secrets.createSecret({ name: "app/topic" });
  aws.secrets.putSecretValue(arn, { secretString: '{"TOPIC_ARN":"arn"}' });
  expect(arn).toMatch(
    /^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/topic-[A-Za-z0-9]{6}$/,
  );
  for (const id of [name, arn, arn.slice(0, -7)]) {
    expect(await valueOf(id)).toBe('{"TOPIC_ARN":"arn"}');
  }
});

test("a secret that is not there, or has no value yet, cannot be read", async () => {
  const { name } = aws.secrets.createSecret({ name: "empty" });
  await expect(valueOf("nowhere")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret.",
  });
  await expect(valueOf(name)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  });
});

test("binary values come back byte for byte", async () => {
  const { secretsManager } = aws.clients;
  const bytes = Uint8Array.from([0, 255, 128, 10]);
  await secretsManager.send(new CreateSecretCommand({ Name: "binary", SecretBinary: bytes }));
  const output = await secretsManager.send(new GetSecretValueCommand({ SecretId: "binary" }));
  expect([...(output.SecretBinary ?? [])]).toEqual([...bytes]);
  expect(output.SecretString).toBeUndefined();
  expect(output.CreatedDate?.getTime()).toBe(aws.now());
});

test("a new value becomes the current one and the old one the previous", async () => {
  const { secretsManager } = aws.clients;
  const first = await secretsManager.send(
    new CreateSecretCommand({ Name: "versions", SecretString: "one" }),
  );
  for (const SecretString of ["two", "three"]) {
    await secretsManager.send(new PutSecretValueCommand({ SecretId: "versions", SecretString }));
  }
  expect(await valueOf("versions")).toBe("three");
  expect(await valueOf("versions", { VersionStage: "AWSPREVIOUS" })).toBe("two");
  expect(await valueOf("versions", { VersionId: first.VersionId ?? "" })).toBe("one");
  await expect(
    valueOf("versions", { VersionId: first.VersionId ?? "", VersionStage: "AWSCURRENT" }),
  ).rejects.toMatchObject({ name: "InvalidRequestException" });

  const described = await secretsManager.send(new DescribeSecretCommand({ SecretId: "versions" }));
  const stages = Object.values(described.VersionIdsToStages ?? {});
  expect(stages.flat().toSorted()).toEqual(["AWSCURRENT", "AWSPREVIOUS"]);
});

test("a request token makes a repeated write harmless and a different one an error", async () => {
  const { secretsManager } = aws.clients;
  aws.secrets.createSecret({ name: "token" });
  const ClientRequestToken = "0123456789012345678901234567890123";
  const put = (SecretString: string) =>
    secretsManager.send(
      new PutSecretValueCommand({ SecretId: "token", SecretString, ClientRequestToken }),
    );
  const first = await put("same");
  expect(await put("same")).toMatchObject({ VersionId: first.VersionId });
  await expect(put("other")).rejects.toMatchObject({ name: "ResourceExistsException" });
  expect(await valueOf("token")).toBe("same");
});

test("a name is taken until its secret is gone", async () => {
  const { arn } = aws.secrets.createSecret({ name: "taken" });
  const create = () =>
    aws.clients.secretsManager.send(new CreateSecretCommand({ Name: "taken", SecretString: "x" }));
  await expect(create()).rejects.toMatchObject({ name: "ResourceExistsException" });
  aws.secrets.deleteSecret(arn, 0);
  await create();
  expect(await valueOf("taken")).toBe("x");
});

test("a deleted secret is unreadable during its recovery window and gone after it", async () => {
  const { secretsManager } = aws.clients;
  aws.secrets.createSecret({ name: "window" });
  aws.secrets.putSecretValue("window", { secretString: "x" });
  await secretsManager.send(
    new DeleteSecretCommand({ SecretId: "window", RecoveryWindowInDays: 7 }),
  );
  await expect(valueOf("window")).rejects.toMatchObject({ name: "InvalidRequestException" });
  await expect(
    secretsManager.send(new CreateSecretCommand({ Name: "window" })),
  ).rejects.toMatchObject({ name: "InvalidRequestException" });
  aws.advance(7 * 86_400_000);
  await expect(valueOf("window")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a forced deletion is immediate", async () => {
  aws.secrets.createSecret({ name: "forced" });
  await aws.clients.secretsManager.send(
    new DeleteSecretCommand({ SecretId: "forced", ForceDeleteWithoutRecovery: true }),
  );
  await expect(valueOf("forced")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("secrets are listed page by page, without their values", async () => {
  const { secretsManager } = aws.clients;
  const listed = ["listed/1", "listed/2", "listed/3"];
  for (const name of listed) {
    const { arn } = aws.secrets.createSecret({ name });
    aws.secrets.putSecretValue(arn, { secretString: '{"TOPIC_ARN":"arn"}' });
  }
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await secretsManager.send(new ListSecretsCommand({ MaxResults: 2, NextToken }));
    expect(page.SecretList?.length).toBeLessThanOrEqual(2);
    expect(JSON.stringify(page.SecretList)).not.toContain("TOPIC_ARN");
    names.push(...(page.SecretList ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(names).toEqual(expect.arrayContaining(listed));
  expect(new Set(names).size).toBe(names.length);
  await expect(
    secretsManager.send(new ListSecretsCommand({ NextToken: "made up" })),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

test("what is not supported is rejected by name", async () => {
  const { secretsManager } = aws.clients;
  await expect(
    secretsManager.send(
      new PutSecretValueCommand({ SecretId: "token", SecretString: "x", VersionStages: ["MINE"] }),
    ),
  ).rejects.toThrow("does not support the parameter VersionStages");
  await expect(secretsManager.send(new UpdateSecretCommand({ SecretId: "token" }))).rejects.toThrow(
    "secretsmanager:UpdateSecret",
  );
});
