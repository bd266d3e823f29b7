/**
 * A pool's own sender of mail.
 * Sources: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html,
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
import { AdminCreateUserCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMailbox } from "../../../src/mailbox/mailbox.ts";
import { startDeployableCloud, type DeployableCloud } from "../../resources/deployable-cloud.ts";
import { present } from "../../support/present.ts";
import { password } from "./pools-and-users.ts";

const identity = (name: string, account = "000000000000") =>
  `arn:aws:ses:us-east-1:${account}:identity/${name}`;
const developer = { emailSendingAccount: "DEVELOPER", sourceArn: identity("example.com") };
const from = '"Example" <no-reply@mail.example.com>';

let cloud: DeployableCloud;
beforeEach(async () => {
  cloud = await startDeployableCloud();
});
afterEach(() => cloud.stop());

/** Deploys a pool that sends so, and has it mail an invitation and a code; gives who sent them. */
async function sendersOf(emailConfiguration: object | undefined) {
  const applied = await cloud.deploy(async (declare) => {
    const { id: userPoolId } = await declare("aws:cognito/userPool:UserPool", "Pool", {
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      ...(emailConfiguration && { emailConfiguration }),
    });
    await declare("aws:cognito/userPoolClient:UserPoolClient", "Client", { userPoolId });
  });
  const UserPoolId = present(applied.get("Pool")).id;
  const ClientId = present(applied.get("Client")).id;
  const Username = `${cloud.deliveries.length}@example.com`;
  await cloud.clients.cognito.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  await cloud.clients.cognito.send(
    new SignUpCommand({ ClientId, Username: `another-${Username}`, Password: password }),
  );
  const mailbox = createMailbox();
  for (const delivery of cloud.deliveries.slice(-2)) mailbox.receiveCode(0, delivery);
  return mailbox.list().map((mail) => mail.from);
}

describe("the mail of a pool", () => {
  it.each([
    ["Cognito's own address", undefined, "Cognito"],
    ["Cognito's own address", { emailSendingAccount: "COGNITO_DEFAULT" }, "Cognito"],
    ["an address of its identity", { ...developer, fromEmailAddress: from }, from],
    [
      "its identity",
      { ...developer, sourceArn: identity("no-reply@example.com") },
      "no-reply@example.com",
    ],
  ])("comes from %s", async (_, configuration, sender) => {
    await expect(sendersOf(configuration)).resolves.toEqual([sender, sender]);
  });

  it("comes from whom the last deployment names", async () => {
    await sendersOf({ ...developer, fromEmailAddress: from });
    await expect(sendersOf({ emailSendingAccount: "COGNITO_DEFAULT" })).resolves.toEqual([
      "Cognito",
      "Cognito",
    ]);
  });

  it.each([
    ["no identity", { emailSendingAccount: "DEVELOPER" }, "sourceArn"],
    [
      "another account's identity",
      { ...developer, sourceArn: identity("example.com", "111111111111") },
      "no SES identity of the account 000000000000",
    ],
    ["a domain without an address", developer, "no address of the SES identity"],
    [
      "an address of another domain",
      { ...developer, fromEmailAddress: "no-reply@notexample.com" },
      "no address of the SES identity",
    ],
    [
      "another address than its identity",
      {
        ...developer,
        sourceArn: identity("no-reply@example.com"),
        fromEmailAddress: "other@example.com",
      },
      "no address of the SES identity",
    ],
    [
      "Cognito's own sender with another address",
      { emailSendingAccount: "COGNITO_DEFAULT", fromEmailAddress: "no-reply@example.com" },
      "fromEmailAddress",
    ],
    ["a configuration set", { ...developer, configurationSet: "set" }, "configurationSet"],
  ])("is rejected from %s", async (_, configuration, reason) => {
    await expect(sendersOf(configuration)).rejects.toThrow(reason);
  });
});
