/** Tokens by which the owners of addresses confirm their subscriptions. */
import { createHash, randomBytes } from "node:crypto";

/** Documented: SNS-API/Subscribe. Milliseconds. */
const lifetime = 3 * 24 * 3_600_000;

/** Tokens of a subscription; the oldest gives way. */
const most = 10;

interface Token {
  readonly hash: string;
  readonly expiresAt: number;
}

/** Creates the tokens of an account; `now` returns milliseconds since 1970. */
export function createConfirmations(now: () => number) {
  const tokens = new Map<string, readonly Token[]>();
  return {
    /** A token for a subscription. */
    issue(subscriptionArn: string): string {
      const token = randomBytes(48).toString("hex");
      const issued = { hash: hashOf(token), expiresAt: now() + lifetime };
      const earlier = tokens.get(subscriptionArn) ?? [];
      tokens.set(subscriptionArn, [...earlier, issued].slice(-most));
      return token;
    },

    /** The subscription of a topic that a token is for. */
    find(topicArn: string, token: string): string | undefined {
      const hash = hashOf(token);
      const isValid = (issued: Token) => issued.hash === hash && issued.expiresAt > now();
      return [...tokens].find(
        ([arn, issued]) => arn.startsWith(`${topicArn}:`) && issued.some(isValid),
      )?.[0];
    },

    /** Drops the tokens of a subscription. */
    end(subscriptionArn: string): void {
      tokens.delete(subscriptionArn);
    },
  };
}

const hashOf = (token: string) => createHash("sha256").update(token).digest("base64url");
