/** Whom the user pools' mail comes from: Cognito's own sender, or the SES identity that the stage names. */
import type { StageSettings } from "../settings/settings.ts";
import { arnOf } from "../shared/arns.ts";

/** The sender of a stage; undefined for Cognito's own. */
export function mailSender({ mailFrom }: StageSettings) {
  if (mailFrom === undefined) return undefined;
  const { address, name, domain, region } = mailFrom;
  return {
    from: name === undefined ? address : `"${name}" <${address}>`,
    sourceArn: arnOf("ses", `identity/${domain ?? address}`, region),
  };
}
