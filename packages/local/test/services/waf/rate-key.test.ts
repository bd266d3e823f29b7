/**
 * Rate-based rules that count by the value of a header.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html
 */
import { describe, expect, it } from "vitest";
import { createWaf } from "../../../src/services/waf/waf.ts";
import { ask, blocks, environment, guard } from "./web-acls.ts";

/** A firewall that limits what is sent with one token, however its scheme is spelled. */
function limitTokens() {
  const waf = createWaf({ ...environment, now: () => 0 });
  const textTransformations = [
    { priority: 0, type: "LOWERCASE" },
    { priority: 1, type: "COMPRESS_WHITE_SPACE" },
  ];
  const { arn } = guard(waf, [
    blocks({
      rateBasedStatement: {
        limit: 10,
        aggregateKeyType: "CUSTOM_KEYS",
        customKeys: [{ header: { name: "authorization", textTransformations } }],
      },
    }),
  ]);
  const send = (authorization: string, remoteAddress = "192.0.2.1") =>
    ask(waf, { remoteAddress, headers: [["Authorization", authorization]] }).action;
  return { waf, arn, send };
}

describe("a limit of each token", () => {
  it("refuses one token before others, from whatever addresses", () => {
    const { send } = limitTokens();
    for (let at = 0; at < 10; at += 1) expect(send("Bearer a", `192.0.2.${at}`)).toBe("allow");
    expect(send("Bearer a", "192.0.2.99")).toBe("block");
    expect(send("Bearer b", "192.0.2.0")).toBe("allow");
  });

  it.each(["bearer a", "BEARER a", "Bearer   a", "Bearer\ta"])(
    "counts %j as the same",
    (spelled) => {
      const { send } = limitTokens();
      for (let at = 0; at < 10; at += 1) send("Bearer a");
      expect(send(spelled)).toBe("block");
    },
  );

  it("tells tokens apart that begin alike for more than 8 KB", () => {
    const { send } = limitTokens();
    const long = `Bearer ${"a".repeat(9_000)}`;
    for (let at = 0; at < 10; at += 1) send(long);
    expect([send(long), send(`${long}b`)]).toEqual(["block", "allow"]);
  });

  it("does not count a request without the header", () => {
    const { waf } = limitTokens();
    for (let at = 0; at < 20; at += 1) expect(ask(waf, {}).action).toBe("allow");
  });
});

it("a log line has the header's value as the request has it, which is redacted", () => {
  const { waf, arn, send } = limitTokens();
  const lines: string[] = [];
  const logDestinationConfigs = ["arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-a"];
  const redactedFields = [{ singleHeader: { name: "authorization" } }];
  waf.putLogging(arn, { logDestinationConfigs, redactedFields }, () => ({ message }) => {
    lines.push(message);
  });
  for (let at = 0; at < 11; at += 1) send("Bearer secret");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    rateBasedRuleList: [
      {
        limitKey: "CUSTOMKEYS",
        customValues: [{ key: "HEADER", name: "authorization", value: "REDACTED" }],
      },
    ],
  });
  expect(lines.join("")).not.toContain("secret");
});
