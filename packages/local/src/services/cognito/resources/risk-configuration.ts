/** aws:cognito: what threat protection does in a user pool, or in place of that for one of its clients. */
import * as z from "zod";
import { defineResource } from "../../../provider/resource-type.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import { WHOLE_POOL } from "../plus-plan.ts";
import type { Cognito } from "../cognito.ts";

const action = z.strictObject({
  eventAction: z.enum(["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"]),
  notify: z.boolean(),
});
const mail = z.strictObject({ subject: z.string(), htmlBody: z.string(), textBody: z.string() });

/** What has no effect: nothing is assessed here that would lead to these actions. */
const accountTakeover = z.strictObject({
  actions: z.strictObject({
    lowAction: action.optional(),
    mediumAction: action.optional(),
    highAction: action.optional(),
  }),
  notifyConfiguration: z
    .strictObject({
      sourceArn: z.string(),
      from: z.string().optional(),
      replyTo: z.string().optional(),
      blockEmail: mail.optional(),
      mfaEmail: mail.optional(),
      noActionEmail: mail.optional(),
    })
    .optional(),
});

const events = ["SIGN_IN", "SIGN_UP", "PASSWORD_CHANGE"] as const;

/** Without a filter every event (documented: COGNITO-API/CompromisedCredentialsRiskConfigurationType). */
const compromisedCredentials = z.strictObject({
  actions: z.strictObject({ eventAction: z.enum(["BLOCK", "NO_ACTION"]) }),
  eventFilters: z.array(z.enum(events)).default([...events]),
});

export const riskConfiguration = (cognito: Cognito) =>
  replacedWhen(
    ["clientId", "userPoolId"],
    defineResource({
      type: "aws:cognito/riskConfiguration:RiskConfiguration",
      inputs: z.strictObject({
        userPoolId: z.string(),
        clientId: z.string().optional(),
        accountTakeoverRiskConfiguration: accountTakeover.optional(),
        compromisedCredentialsRiskConfiguration: compromisedCredentials.optional(),
      }),
      limitations: () => [
        {
          service: "Cognito",
          text: "threat protection knows a few compromised passwords, assesses no other risk of a sign-in, and mails nothing about one",
        },
      ],
      apply: ({ userPoolId, clientId, compromisedCredentialsRiskConfiguration: passwords }) => {
        const blocks = passwords?.actions.eventAction === "BLOCK" ? passwords.eventFilters : [];
        cognito.setRisks(userPoolId, clientId ?? WHOLE_POOL, { blocks });
        return {
          id: clientId === undefined ? userPoolId : `${userPoolId}:${clientId}`,
          outputs: {},
        };
      },
      remove: ({ outputs }) => {
        const { userPoolId, clientId = WHOLE_POOL } = removed.parse(outputs);
        cognito.setRisks(userPoolId, clientId, undefined);
      },
    }),
  );

const removed = z.object({ userPoolId: z.string(), clientId: z.string().optional() });
