/** Rules about the user pools' mail: whom it comes from, and that codes in it stay there. */
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
        replyToEmailAddress: z.string().optional(),
        configurationSet: z.string().optional(),
      })
      .default({}),
  }),
  ({ emailConfiguration: { emailSendingAccount: by, ...email } }, graph) => {
    const { sourceArn, fromEmailAddress: from, replyToEmailAddress: replyTo } = email;
    const isOfCognito = by === undefined || by === "COGNITO_DEFAULT";
    return [
      ...(isOfCognito
        ? unless(
            sourceArn === undefined && from === undefined && replyTo === undefined,
            "must name no sender beside Cognito's own, which an identity's policy would have to let send",
          )
        : isSender(graph, sourceArn, { from, replyTo })),
      // It can archive mail, and send its events anywhere (SES/using-configuration-sets).
      ...unless(
        email.configurationSet === undefined,
        "must use no configuration set of SES, which can keep what is sent",
      ),
    ];
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
          .object({
            sourceArn: z.string(),
            from: z.string().optional(),
            replyTo: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
  }),
  ({ accountTakeoverRiskConfiguration: takeover }, graph) => {
    const { actions = {}, notifyConfiguration: sender } = takeover ?? {};
    if (sender !== undefined) return isSender(graph, sender.sourceArn, sender);
    return unless(
      Object.values(actions).every(({ notify }) => !notify),
      "must notify no user without a sender",
    );
  },
);

/** Of one mailbox, with or without a name: after a comma would be another, after a line break another header. */
const mailbox = /^(?:(?:"[ !#-[\]-~]*"|[\w. -]+) <(?=[^<]+>$))?([^\s"<>(),:;@\\]+@[a-z\d.-]+)>?$/i;

/** `arn:aws:ses:REGION:ACCOUNT:identity/NAME`, of the account in the ARNs of the pools. */
function isSender(
  graph: Graph,
  sourceArn = "",
  { from, replyTo }: { from?: string | undefined; replyTo?: string | undefined },
): string[] {
  const [, account, identity = ""] =
    /^arn:aws:ses:[\w-]+:(\d{12}):identity\/(.+)$/.exec(sourceArn) ?? [];
  const accounts = allOf(graph, POOL).map(({ outputs }) => String(outputs["arn"]).split(":")[4]);
  const addresses = [from ?? identity, ...(replyTo === undefined ? [] : [replyTo])];
  return [
    ...unless(
      account !== undefined && accounts.includes(account),
      `must send by an SES identity of this account, and not by ${sourceArn || "none"}`,
    ),
    ...addresses
      .filter((text) => !isOf(mailbox.exec(text)?.[1], identity))
      .map(
        (text) =>
          `must send from, and have answers sent to, an address of its identity, and not ${text}`,
      ),
  ];
}

const isOf = (address: string | undefined, identity: string) =>
  address !== undefined &&
  (address === identity ||
    address
      .toLowerCase()
      .replace(/^[^@]+@/, ".")
      .endsWith(`.${identity}`));

/** What a mail program shows without asking another host; an address of a link has no placeholder. */
const plain = /<\/?(?:p|br|b|strong|em)\s*\/?>|<a href="https:\/\/[^"{}<>]*">|<\/a>/gi;

/** An image's address with the code in it would tell the code to its host. */
const loads = (text: string) => {
  const rest = text.replaceAll(plain, "");
  return rest.includes("<") || /\/\/\S*\{/.test(rest);
};

const LOADS_NOTHING = "mail-loads-nothing";

const mailLoadsNothing = [
  ruleFor(
    LOADS_NOTHING,
    POOL,
    z.object({
      emailVerificationMessage: z.unknown().optional(),
      verificationMessageTemplate: z.unknown().optional(),
      adminCreateUserConfig: z.object({ inviteMessageTemplate: z.unknown().optional() }).optional(),
    }),
    (texts) => loadedBy(texts),
  ),
  ruleFor(
    LOADS_NOTHING,
    "aws:cognito/riskConfiguration:RiskConfiguration",
    z.object({
      accountTakeoverRiskConfiguration: z
        .object({ notifyConfiguration: z.unknown().optional() })
        .optional(),
    }),
    ({ accountTakeoverRiskConfiguration: takeover }) => {
      const { from: _, replyTo: __, ...texts } = record.parse(takeover?.notifyConfiguration);
      return loadedBy(texts);
    },
  ),
];

const record = z.record(z.string(), z.unknown()).catch({});

const loadedBy = (texts: unknown) =>
  textsIn(texts)
    .filter(loads)
    .map((text) => `must send no mail that loads something, or has a code in an address: ${text}`);

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every rule about mail. */
export const mailRules = [poolsNameTheirSender, notificationsNameTheirSender, ...mailLoadsNothing];
