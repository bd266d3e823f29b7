/** Each control of the user pools' mail removed from a graph that has a sender of its own, and the rule that detects it. */
import { edit, type MutationRow } from "./mutate.ts";

const POOL = "aws:cognito/userPool:UserPool";
const RISKS = "aws:cognito/riskConfiguration:RiskConfiguration";
const SENDER = "mail-comes-from-this-account";
const LOADS_NOTHING = "mail-loads-nothing";

const takeover = "accountTakeoverRiskConfiguration";

/** The SES identity of that graph. */
export const sourceArn = "arn:aws:ses:us-east-1:000000000000:identity/example.com";

export const mailMutations: readonly MutationRow[] = [
  [
    "the account's own sender",
    edit(POOL, ["emailConfiguration", "sourceArn"], sourceArn.replace("0:identity", "1:identity")),
    SENDER,
  ],
  [
    "the sender's own address",
    edit(POOL, ["emailConfiguration", "fromEmailAddress"], "no-reply@notexample.com"),
    SENDER,
  ],
  [
    "the account's own sender, beside Cognito's",
    edit(POOL, ["emailConfiguration", "emailSendingAccount"], "COGNITO_DEFAULT"),
    SENDER,
  ],
  ...[
    "no-reply@example.com\r\nBcc: stranger@example.net",
    '"Example\r\nBcc: <stranger@example.net>" <no-reply@example.com>',
    "stranger@example.net,no-reply@mail.example.com",
    '"Stranger" <stranger@example.net>, "Example" <no-reply@example.com>',
  ].map((sender): MutationRow => [
    `the one address of the sender, for ${JSON.stringify(sender)}`,
    edit(POOL, ["emailConfiguration", "fromEmailAddress"], sender),
    SENDER,
  ]),
  [
    "the address to which users answer",
    edit(POOL, ["emailConfiguration", "replyToEmailAddress"], "stranger@example.net"),
    SENDER,
  ],
  [
    "the address to which users answer notifications",
    edit(RISKS, [takeover, "notifyConfiguration", "replyTo"], "stranger@example.net"),
    SENDER,
  ],
  [
    "mail that only its reader has, by a configuration set",
    edit(POOL, ["emailConfiguration", "configurationSet"], "archived"),
    SENDER,
  ],
  [
    "mail that only its reader has, by a configuration set for Cognito's own sender",
    edit(POOL, ["emailConfiguration"], {
      emailSendingAccount: "COGNITO_DEFAULT",
      configurationSet: "archived",
    }),
    SENDER,
  ],
  ...[["emailVerificationMessage"], ["verificationMessageTemplate", "emailMessage"]].map(
    (path): MutationRow => [
      `the code that only its reader has, by an image in ${path.join(".")}`,
      edit(POOL, path, '{####}<img src="https://example.net/{####}">'),
      LOADS_NOTHING,
    ],
  ),
  [
    "the temporary password that only its reader has, by a link",
    edit(POOL, ["adminCreateUserConfig", "inviteMessageTemplate"], {
      emailMessage: '{username}: <a href="https://example.net/{####}">sign in</a>',
    }),
    LOADS_NOTHING,
  ],
  [
    "a notification that loads nothing",
    edit(RISKS, [takeover, "notifyConfiguration", "blockEmail"], {
      subject: "Blocked",
      htmlBody: "<script>1</script>",
      textBody: "Blocked",
    }),
    LOADS_NOTHING,
  ],
  [
    "the sender of notifications",
    edit(RISKS, [takeover, "notifyConfiguration"], undefined),
    SENDER,
  ],
  [
    "the account's own sender of notifications",
    edit(
      RISKS,
      [takeover, "notifyConfiguration", "sourceArn"],
      "arn:aws:ses:us-east-1::identity/a",
    ),
    SENDER,
  ],
];
