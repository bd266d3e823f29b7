/**
 * Threat protection of user pools, of stages that pay for Cognito's Plus plan: known passwords, risky sign-ins,
 * and a log of what users do.
 */
import { allowLogDelivery } from "../shared/log-delivery.ts";
import type { LogSettings } from "../shared/log-groups.ts";
import type { Stage } from "../settings/stage.ts";
import { mailSender } from "./mail-sender.ts";

interface Pool {
  readonly number: number;
  readonly id: $util.Output<string>;
}

/** Configures what the pools do about risks, and logs their users' activity in one log group. */
export function protectFromThreats(
  stage: Stage,
  { retentionInDays }: LogSettings,
  pools: readonly Pool[],
): void {
  // Cognito delivers to no group with a key (documented: CloudFormation's CloudWatchLogsConfiguration).
  const log = new aws.cloudwatch.LogGroup("SignInLog", {
    name: stage.names.signInLog,
    retentionInDays,
  });
  const delivery = allowLogDelivery("SignInLog", stage, log);
  for (const { number, id: userPoolId } of pools) {
    new aws.cognito.RiskConfiguration(`MyUserPool${number}Risks`, {
      userPoolId,
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
      accountTakeoverRiskConfiguration: accountTakeover(stage),
    });
    new aws.cognito.LogDeliveryConfiguration(
      `MyUserPool${number}SignInLogging`,
      {
        userPoolId,
        logConfigurations: [
          {
            eventSource: "userAuthEvents",
            logLevel: "INFO",
            cloudWatchLogsConfiguration: { logGroupArn: log.arn },
          },
        ],
      },
      { dependsOn: [delivery] },
    );
  }
}

/**
 * The higher the risk, the more is asked; who has no second factor is not let in at a medium risk
 * (documented: COGNITO-API/AccountTakeoverActionType). Users are told by the stage's own sender only.
 */
function accountTakeover({ settings }: Stage) {
  const sender = mailSender(settings);
  const notify = sender !== undefined;
  return {
    actions: {
      lowAction: { eventAction: "MFA_IF_CONFIGURED", notify: false },
      mediumAction: { eventAction: "MFA_REQUIRED", notify },
      highAction: { eventAction: "BLOCK", notify },
    },
    ...(sender && { notifyConfiguration: { ...sender, mfaEmail: asked, blockEmail: blocked } }),
  };
}

const mail = (subject: string, text: string) => ({
  subject,
  textBody: text,
  htmlBody: `<p>${text}</p>`,
});

/** Placeholders: COGNITO/cognito-user-pool-settings-message-customizations. */
const asked = mail(
  "Unusual sign-in",
  "Your password was used at {login-time} in a way that is unusual for you, so a one-time password was asked for. If it was not you, set another password.",
);
const blocked = mail(
  "Sign-in blocked",
  "A sign-in with your password at {login-time} was blocked. If it was not you, set another password.",
);
