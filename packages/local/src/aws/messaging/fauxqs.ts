/** fauxqs without a listener of its own: requests go straight to its router. */
import { buildApp } from "fauxqs";
import type { AwsRequest, Location } from "../service.ts";

/** fauxqs knows this account alone. */
const onlyAccount = "000000000000";

/** The one door to fauxqs. */
export type Fauxqs = {
  /** @throws Error when fauxqs itself fails, which AWS-shaped errors are not. */
  send(request: Pick<AwsRequest, "headers" | "body">): Promise<Response>;
  /** Ends every long poll at once and refuses further requests. */
  close(): Promise<void>;
};

/** What fauxqs reads of a request; it takes the Region from the signature's credential scope. */
const passedOn = ["authorization", "content-type", "x-amz-target"];

/** An empty fauxqs. @throws Error for any account but 000000000000. */
export function createFauxqs({ region, account }: Location): Fauxqs {
  if (account !== onlyAccount) {
    throw new Error(`SNS and SQS are there for account ${onlyAccount} alone, not ${account}.`);
  }
  const app = buildApp({ logger: false, defaultRegion: region });
  return {
    async send({ headers, body }) {
      const answer = await app.inject({
        method: "POST",
        url: "/",
        headers: Object.fromEntries(passedOn.map((name) => [name, headers.get(name) ?? ""])),
        payload: body,
      });
      if (answer.statusCode >= 500) throw new Error(`fauxqs failed: ${answer.body}`);
      const queryError = answer.headers["x-amzn-query-error"];
      return new Response(answer.body, {
        status: answer.statusCode,
        headers: {
          "content-type": answer.headers["content-type"] ?? "application/octet-stream",
          ...(typeof queryError === "string" ? { "x-amzn-query-error": queryError } : {}),
        },
      });
    },
    async close() {
      await app.close();
    },
  };
}
