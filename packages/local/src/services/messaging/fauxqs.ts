/** fauxqs in process, without a listener: requests are injected into its router. */
import { buildApp } from "fauxqs";
import { AwsError } from "../../aws-protocol/errors.ts";
import type { Form } from "../../aws-protocol/query-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import { rejectExpensiveFilter } from "./filter-policies.ts";

/** fauxqs supports this account only. */
const onlyAccount = "000000000000";

/**
 * The only access to fauxqs. Its requests are serialized again from what was parsed and checked, so
 * that fauxqs cannot read anything else in them. Both calls throw AwsError for a request that is not
 * supported or too long, and Error when fauxqs itself fails.
 */
export interface Fauxqs {
  /** An operation of SNS. */
  sns(operation: string, parameters: Form): Promise<Response>;
  /** An operation of SQS. */
  sqs(operation: string, input: object): Promise<Response>;
  /** Ends every long poll at once and rejects further requests. */
  close(): Promise<void>;
}

/** An empty fauxqs. @throws Error for any account but 000000000000. */
export function createFauxqs({ region, account }: AwsEnvironment): Fauxqs {
  if (account !== onlyAccount) {
    throw new Error(`SNS and SQS support only account ${onlyAccount}, not ${account}.`);
  }
  const app = buildApp({ logger: false, defaultRegion: region });

  async function send(headers: Record<string, string>, payload: string): Promise<Response> {
    const reply = await app.inject({ method: "POST", url: "/", headers, payload });
    if (reply.statusCode === 413) {
      throw new AwsError("RequestEntityTooLarge", "The request is too long.", 413);
    }
    if (reply.statusCode >= 500) throw new Error(`fauxqs failed: ${reply.body}`);
    const queryError = reply.headers["x-amzn-query-error"];
    return new Response(reply.body, {
      status: reply.statusCode,
      headers: {
        "content-type": reply.headers["content-type"] ?? "application/octet-stream",
        ...(typeof queryError === "string" ? { "x-amzn-query-error": queryError } : {}),
      },
    });
  }

  async function sns(operation: string, parameters: Form): Promise<Response> {
    rejectExpensiveFilter(operation, parameters);
    const form = new URLSearchParams([...parameters]);
    form.set("Action", operation);
    return send({ "content-type": "application/x-www-form-urlencoded" }, form.toString());
  }

  async function sqs(operation: string, input: object): Promise<Response> {
    const target = `AmazonSQS.${operation}`;
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": target };
    return send(headers, JSON.stringify(input));
  }

  return {
    sns,
    sqs,
    async close() {
      await app.close();
    },
  };
}
