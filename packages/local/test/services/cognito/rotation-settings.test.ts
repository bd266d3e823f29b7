/**
 * An app client's settings of refresh-token rotation.
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/45646
 */
import { DescribeUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { present } from "../../support/present.ts";
import { startTestCloud, type StartedCloud } from "../../support/test-cloud.ts";
import * as fixtures from "./pools-and-users.ts";

let aws: StartedCloud;
let pool: Awaited<ReturnType<typeof fixtures.createPool>>;
beforeAll(async () => {
  aws = await startTestCloud();
  pool = await fixtures.createPool(aws);
});
afterAll(() => aws.stop());

const rotatingClient = (retryGracePeriodSeconds: number, explicitAuthFlows?: string[]) =>
  aws.cognito.createClient(pool.poolId, {
    name: "rotating",
    explicitAuthFlows,
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds },
  });

const describeClient = async (ClientId: string) => {
  const { UserPoolClient } = await aws.clients.cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: pool.poolId, ClientId }),
  );
  return present(UserPoolClient);
};

it("a client cannot have both rotation and REFRESH_TOKEN_AUTH", () => {
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  expect(() => rotatingClient(0, flows)).toThrow(
    "Refresh tokens cannot rotate with ALLOW_REFRESH_TOKEN_AUTH",
  );
});

it("a client describes its rotation, which is off by default", async () => {
  expect((await describeClient(pool.clientId)).RefreshTokenRotation).toEqual({
    Feature: "DISABLED",
    RetryGracePeriodSeconds: 0,
  });
  const rotating = await describeClient(rotatingClient(10).clientId);
  expect(rotating.RefreshTokenRotation).toEqual({
    Feature: "ENABLED",
    RetryGracePeriodSeconds: 10,
  });
});

it("a client has by default the flows that go with it", async () => {
  const { clientId } = rotatingClient(0);
  expect((await describeClient(clientId)).ExplicitAuthFlows).toEqual([
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
  ]);
});

it.each([-1, 61, 0.5])("a client has no grace period of %d seconds", (seconds) => {
  expect(() => rotatingClient(seconds)).toThrow("retryGracePeriodSeconds");
});
