/** Attacks on functions themselves, past the API. */
import { functionAllows } from "../services/iam/authorize.ts";
import type { Attack } from "./model/attack.ts";
import { type Attempt, judge, signedBy } from "./model/attempt.ts";
import { refusesCall } from "./model/expectations.ts";

/** The attack. */
export const functionAttacks: readonly Attack[] = [
  {
    id: "direct-invocation",
    title: "Function called directly",
    tries: "Invokes each function without a signature, and as each function whose role may not.",
    expects: "It is refused by the policies.",
    async run({ lambda, roles, callAws }) {
      const attempts: Attempt[] = [];
      const functions = lambda.listFunctions().map(({ version }) => version.settings);
      for (const { name, arn } of functions) {
        const invoking = { action: "lambda:InvokeFunction", resource: arn };
        const mayNot = functions.filter((one) => !functionAllows(roles, one, invoking));
        for (const caller of [undefined, ...mayNot.map((one) => one.name)]) {
          const sent = callAws({
            service: "lambda",
            caller,
            body: "{}",
            contentType: "application/json",
            target: `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`,
          });
          attempts.push(await judge(`${name}, ${signedBy(caller)}`, refusesCall, sent));
        }
      }
      if (attempts.length > 0) return attempts;
      return { notApplicable: "no function is deployed" };
    },
  },
];
