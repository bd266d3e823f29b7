/** fauxqs without a listener of its own: requests go straight to its router. */
import { buildApp } from "fauxqs";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Form } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { refuseCostlyFilter } from "./filter-policies.ts";

/** fauxqs knows this account alone. */
const onlyAccount = "000000000000";

/**
 * The one door to fauxqs. Its requests are written anew from what callers sent as it was read and
 * checked, so that fauxqs cannot read anything else in them. Both calls throw AwsError for a request
 * that fauxqs is not given or that is too long for it, and Error when it fails itself.
 */
export interface Fauxqs {
  /** An operation of SNS. */
  sns(operation: string, parameters: Form): Promise<Response>;
  /** An operation of SQS. */
  sqs(operation: string, input: object): Promise<Response>;
  /** Ends every long poll at once and refuses further requests. */
  close(): Promise<void>;
}

/** An empty fauxqs. @throws Error for any account but 000000000000. */
export function createFauxqs({ region, account }: AwsEnvironment): Fauxqs {
  if (account !== onlyAccount) {
    throw new Error(`SNS and SQS are there for account ${onlyAccount} alone, not ${account}.`);
  }
  const app = buildApp({ logger: false, defaultRegion: region });

  async function send(headers: Record<string, string>, payload: string): Promise<Response> {
    const answer = await app.inject({ method: "POST", url: "/", headers, payload });
    if (answer.statusCode === 413) {
      throw new AwsError("RequestEntityTooLarge", "The request is too long.", 413);
    }
    if (answer.statusCode >= 500) throw new Error(`fauxqs failed: ${answer.body}`);
    const queryError = answer.headers["x-amzn-query-error"];
    return new Response(answer.body, {
      status: answer.statusCode,
      headers: {
        "content-type": answer.headers["content-type"] ?? "application/octet-stream",
        ...(typeof queryError === "string" ? { "x-amzn-query-error": queryError } : {}),
      },
    });
  }

  return {
    async sns(operation, parameters) {
      refuseCostlyFilter(operation, parameters);
      const form = new URLSearchParams([...parameters]);
      form.set("Action", operation);
      return send({ "content-type": "application/x-www-form-urlencoded" }, form.toString());
    },
    async sqs(operation, input) {
      const target = `AmazonSQS.${operation}`;
      const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
      return send(headers, JSON.stringify(input));
    },
    async close() {
      await app.close();
    },
  };
}
