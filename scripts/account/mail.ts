/** Whether SES sends the mails of a stage's user pools: by the identity that they name, and to every user. */
import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityCommandOutput,
  NotFoundException,
  SESv2Client,
} from "@aws-sdk/client-sesv2";
import * as z from "zod";
import type { Graph } from "../../stacks/policy/index.ts";
import { lacksSes } from "../../stacks/settings/mail-from.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { ask, type Deployment, type Findings, join, nothing, refuse } from "./questions.ts";

/** An identity of SES, in the Region that sends by it. */
interface Sender {
  readonly region: string;
  readonly name: string;
}

const poolSchema = z.object({
  emailConfiguration: z.object({ sourceArn: z.string().optional() }).optional(),
});

/** The rule `mail-comes-from-this-account` lets no other form pass. */
function sendersOf(graph: Graph): Sender[] {
  const arns = graph
    .filter(({ type }) => type === "aws:cognito/userPool:UserPool")
    .flatMap(({ inputs }) => poolSchema.parse(inputs).emailConfiguration?.sourceArn ?? []);
  return [...new Set(arns)].map((arn) => {
    const [, region = "", name = ""] =
      /^arn:aws:ses:([\w-]+):\d{12}:identity\/(.+)$/.exec(arn) ?? [];
    return { region, name };
  });
}

/** Asks SES in the Region of each identity; where Cognito sends by itself, nothing. */
export async function askMail(deployment: Deployment): Promise<Findings> {
  const all = sendersOf(deployment.graph).flatMap((sender) => {
    const ses = new SESv2Client({ ...deployment.aws, region: sender.region });
    return [
      ask("whether SES has verified the sender of mails", () =>
        askIdentity(ses, sender, deployment),
      ),
      ask("whether SES sends mails to every user", () => askSending(ses, sender, deployment)),
    ];
  });
  return join(await Promise.all(all));
}

/** Cognito creates no user pool with an identity that is not verified (reported: aws/aws-cdk#18964). */
async function askIdentity(
  ses: SESv2Client,
  sender: Sender,
  { aws }: Deployment,
): Promise<Findings> {
  const { region, name } = sender;
  const identity = await readIdentity(ses, name);
  if (identity?.VerifiedForSendingStatus !== true) return refuse([howToVerify(sender, identity)]);
  // Elsewhere Cognito sends by a role of the account (documented: COGNITO/user-pool-email).
  const cognito = `cognito-idp.${aws.region}.amazonaws.com`;
  const policies = Object.values(identity.Policies ?? {});
  if (!lacksSes(aws.region) || policies.some((policy) => policy.includes(`"${cognito}"`))) {
    return nothing;
  }
  return refuse([
    `SES is not in ${aws.region}, and no policy of ${name} in ${region} lets ${cognito} send. Write the policy of docs/operations.md ("Mail by SES") to policy.json: ${cli("create-email-identity-policy", sender)} --policy-name user-pools --policy file://policy.json.`,
  ]);
}

async function readIdentity(ses: SESv2Client, EmailIdentity: string) {
  try {
    return await ses.send(new GetEmailIdentityCommand({ EmailIdentity }));
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

/**
 * An address is verified by a link, a domain by DNS records (documented: SES-API/CreateEmailIdentity), or it
 * has to begin again after a day, or three (documented: SESV1-API/GetIdentityVerificationAttributes).
 */
function howToVerify(sender: Sender, identity: GetEmailIdentityCommandOutput | undefined): string {
  const { region, name } = sender;
  const isAddress = name.includes("@");
  const create = cli("create-email-identity", sender);
  const begin =
    identity === undefined
      ? `SES has no identity ${name} in ${region}.${isAddress ? " If its domain is one, name that as mailFrom.domain." : ""} Create it: ${create}.`
      : `SES has not verified ${name} in ${region} (${identity.VerificationStatus}).`;
  return [
    begin,
    ...(identity?.VerificationStatus === "FAILED"
      ? [`Delete it, and create it again: ${cli("delete-email-identity", sender)}, ${create}.`]
      : []),
    isAddress ? "Follow the link that SES mails to it." : "Publish the DNS records of its tokens.",
    `Deploy once VerifiedForSendingStatus is true: ${cli("get-email-identity", sender)}.`,
  ].join(" ");
}

const cli = (operation: string, { region, name }: Sender) =>
  `aws sesv2 ${operation} --email-identity ${name} --region ${region}`;

/** The states: documented, SES-API/GetAccount. In a developer's stage the sandbox may be what is wanted. */
async function askSending(
  ses: SESv2Client,
  { region }: Sender,
  { stage }: Deployment,
): Promise<Findings> {
  const account = await ses.send(new GetAccountCommand({}));
  if (account.EnforcementStatus === "SHUTDOWN") {
    return refuse([
      `AWS has paused what SES sends in ${region}: no user would get a code. Answer AWS's case in the Support Center, or take mailFrom out of stacks/settings/stages.ts.`,
    ]);
  }
  if (account.SendingEnabled !== true) {
    return refuse([
      `SES sends nothing in ${region}, since this account has paused it. Resume it: aws sesv2 put-account-sending-attributes --sending-enabled --region ${region}.`,
    ]);
  }
  if (account.ProductionAccessEnabled === true) return nothing;
  const sandbox = `SES is in its sandbox in ${region}: only addresses that are verified there get mail, and no other user gets a code. Request production access: aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url URL --region ${region}.`;
  return settingsFor(stage).protect ? refuse([sandbox]) : { refusals: [], remarks: [sandbox] };
}
