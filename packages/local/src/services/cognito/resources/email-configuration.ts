/** How a user pool sends mail: by Cognito's own sender, or by an identity of SES (documented: COGNITO/user-pool-email). */
import * as z from "zod";
import type { AwsEnvironment } from "../../../aws-protocol/aws-environment.ts";
import { invalidParameter } from "../errors.ts";

/** The inputs. Cognito's own sender with another address is not supported here. */
export const emailConfiguration = z.discriminatedUnion("emailSendingAccount", [
  z.strictObject({
    emailSendingAccount: z.literal("COGNITO_DEFAULT"),
    replyToEmailAddress: z.string().optional(),
  }),
  z.strictObject({
    emailSendingAccount: z.literal("DEVELOPER"),
    sourceArn: z.string(),
    fromEmailAddress: z.string().optional(),
    replyToEmailAddress: z.string().optional(),
  }),
]);

/**
 * The From address of a pool's mail; undefined for Cognito's own. The errors' texts are assumed.
 * @throws AwsError for a sender that is of no identity of the account.
 */
export function senderOf(
  configuration: z.output<typeof emailConfiguration>,
  { account }: AwsEnvironment,
): string | undefined {
  if (configuration.emailSendingAccount === "COGNITO_DEFAULT") return undefined;
  const { sourceArn, fromEmailAddress } = configuration;
  const [, owner, identity = ""] =
    /^arn:aws:ses:[\w-]+:(\d{12}):identity\/(.+)$/.exec(sourceArn) ?? [];
  if (owner !== account) {
    throw invalidParameter(`${sourceArn} is no SES identity of the account ${account}.`);
  }
  const from = fromEmailAddress ?? identity;
  if (!isOf(addressIn(from), identity)) {
    throw invalidParameter(`${from} is no address of the SES identity ${identity}.`);
  }
  return from;
}

/** `NAME <ADDRESS>`, or only an address. */
const addressIn = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;

/** An identity is an address, or a domain with its subdomains (documented: SES/creating-identities). */
function isOf(address: string, identity: string): boolean {
  const [given, known] = [address.toLowerCase(), identity.toLowerCase()];
  if (known.includes("@")) return given === known;
  return /^[^@]+@/.test(given) && given.replace(/^[^@]+@/, ".").endsWith(`.${known}`);
}
