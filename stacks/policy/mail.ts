/** The rule about whom the user pools' mail comes from. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";

const NAME = "mail-comes-from-this-account";
const POOL = "aws:cognito/userPool:UserPool";

/** Codes reset passwords: another account's identity, or another address, is not ours to send them by. */
const poolsNameTheirSender = ruleFor(
  NAME,
  POOL,
  z.object({
    emailConfiguration: z
      .object({
        emailSendingAccount: z.string().optional(),
        sourceArn: z.string().optional(),
        fromEmailAddress: z.string().optional(),
      })
      .default({}),
  }),
  ({ emailConfiguration: { emailSendingAccount: by, sourceArn, fromEmailAddress } }, graph) => {
    if (by === undefined || by === "COGNITO_DEFAULT") {
      return unless(
        sourceArn === undefined && fromEmailAddress === undefined,
        "must name no sender beside Cognito's own, which an identity's policy would have to let send",
      );
    }
    return isSender(graph, sourceArn, fromEmailAddress);
  },
);

const notificationsNameTheirSender = ruleFor(
  NAME,
  "aws:cognito/riskConfiguration:RiskConfiguration",
  z.object({
    accountTakeoverRiskConfiguration: z
      .object({
        actions: z.record(z.string(), z.object({ notify: z.boolean() })),
        notifyConfiguration: z
          .object({ sourceArn: z.string(), from: z.string().optional() })
          .optional(),
      })
      .optional(),
  }),
  ({ accountTakeoverRiskConfiguration: takeover }, graph) => {
    const { actions = {}, notifyConfiguration: sender } = takeover ?? {};
    if (sender !== undefined) return isSender(graph, sender.sourceArn, sender.from);
    return unless(
      Object.values(actions).every(({ notify }) => !notify),
      "must notify nobody without a sender",
    );
  },
);

/** `arn:aws:ses:REGION:ACCOUNT:identity/NAME`, of the account in the ARNs of the pools. */
function isSender(graph: Graph, sourceArn = "", from: string | undefined): string[] {
  const [, account, identity = ""] =
    /^arn:aws:ses:[\w-]+:(\d{12}):identity\/(.+)$/.exec(sourceArn) ?? [];
  const accounts = allOf(graph, POOL).map(({ outputs }) => String(outputs["arn"]).split(":")[4]);
  const address = /<([^<>]+)>$/.exec(from ?? identity)?.[1] ?? from ?? identity;
  return [
    ...unless(
      account !== undefined && accounts.includes(account),
      `must send by an SES identity of this account, and not by ${sourceArn || "none"}`,
    ),
    ...unless(
      /^[^@]+@/.test(address) &&
        (address === identity || address.replace(/^[^@]+@/, ".").endsWith(`.${identity}`)),
      `must send from an address of its identity, and not from ${address}`,
    ),
  ];
}

/** Every rule about mail. */
export const mailRules = [poolsNameTheirSender, notificationsNameTheirSender];
