/** The names of AWS resources, for the stacks, the commands and the tests. */
import { createHash } from "node:crypto";
import { appName } from "@secure-lambda/functions/contract";

/** The API's authorizer for a user pool. */
export const authorizerName = (userPool: number) => `AGAuthorizer${userPool}`;

/** The names of one stage. */
export type Names = ReturnType<typeof namesOf>;

/** The names of a stage. Pure: it needs neither SST nor a deployment. */
export function namesOf(stage: string) {
  const app = `${appName}-${stage}`;
  const resource = (part: string) => `${app}-${part}`;
  return {
    /** What every name of this stage begins with. */
    app,
    /** The physical name of a resource, such as `APP-prod-DeadLetters`. */
    resource,
    /**
     * Whether a physical name is one of this stage. A prefix does not tell: that of `prod` begins
     * the names of a stage `prod-eu` too, so what follows it must be one word.
     */
    isOfStage: (name: string) =>
      name.startsWith(`${app}-`) && /^\w+$/.test(name.slice(app.length + 1)),
    /** The secret from which ExternalLambda learns the topic. */
    topicSecret: `${appName}/${stage}/LambdaSNSTopicARN`,
    /**
     * The domain prefix of a user pool's login page. It is unique in a Region across all accounts, so
     * it contains a digest of the account's id.
     */
    domainPrefix: (userPool: number, account: string) =>
      `${resource(String(userPool))}-${createHash("sha256").update(account).digest("hex").slice(0, 8)}`,
    /** The log group of a function. */
    functionLog: (lambda: string) => `/aws/lambda/${resource(lambda)}`,
    /** The log group of the API's access log. */
    accessLog: `/aws/vendedlogs/apis/${resource("Api")}`,
    /** The firewall's log group; WAF writes only to names that start like this one (documented). */
    firewallLog: `aws-waf-logs-${app}`,
    /** The log group of what users do; a group's name of this kind spares the policy that lets logs be delivered. */
    signInLog: `/aws/vendedlogs/cognito/${resource("SignIns")}`,
    /** The log group in which API Gateway logs its own errors; API Gateway gives it its name. */
    executionLog: (apiId: string) => `API-Gateway-Execution-Logs_${apiId}/${stage}`,
    /** The object in which SST keeps the stage's state; read from SST 4.17's own calls. */
    stateObject: `app/${appName}/${stage}.json`,
  };
}
