/** AWS's list prices in US dollars in us-east-1, beyond any free tier, and where they were read. */

/**
 * When the prices were read: not from AWS's live price pages, but from texts that quote them
 * (docs/operations.md, What it costs).
 */
export const READ_ON = "2026-11-23";

/** A price, and AWS's page of it. */
export interface Price {
  readonly usd: number;
  /** What the price is for: `web ACL`, `10,000 calls`. */
  readonly per: string;
  /** For how many it is, where that is not one. */
  readonly of?: number;
  readonly page: string;
}

const page = (service: string) => `https://aws.amazon.com/${service}/pricing/`;

/** The prices, by what they are for. */
export const prices = {
  webAcl: { usd: 5, per: "web ACL", page: page("waf") },
  firewallRule: { usd: 1, per: "rule or rule group", page: page("waf") },
  key: { usd: 1, per: "key", page: page("kms") },
  secret: { usd: 0.4, per: "secret", page: page("secrets-manager") },
  alarmMetric: { usd: 0.1, per: "metric", page: page("cloudwatch") },
  dashboard: { usd: 3, per: "dashboard", page: page("cloudwatch") },
  customMetric: { usd: 0.3, per: "metric", page: page("cloudwatch") },
  /** Of each user pool; no user of the plan is free. */
  plusUser: { usd: 0.02, per: "active user", page: page("cognito") },
  secretCalls: { usd: 0.05, per: "10,000", of: 10_000, page: page("secrets-manager") },
  keyCalls: { usd: 0.03, per: "10,000", of: 10_000, page: page("kms") },
  apiRequests: { usd: 3.5, per: "million", page: page("api-gateway") },
  /** For web ACLs of up to 1,500 capacity units; 0.5 GB of the firewall's log come with it. */
  firewallRequests: { usd: 0.6, per: "million", page: page("waf") },
  invocations: { usd: 0.2, per: "million", page: page("lambda") },
  arm64: { usd: 0.0000133334, per: "GB-s", page: page("lambda") },
  x86: { usd: 0.0000166667, per: "GB-s", page: page("lambda") },
  publications: { usd: 0.5, per: "million", page: page("sns") },
  logsTakenIn: { usd: 0.5, per: "GB", page: page("cloudwatch") },
  logsKept: { usd: 0.03, per: "GB-month", page: page("cloudwatch") },
  traces: { usd: 5, per: "million", page: page("xray") },
  dataOut: { usd: 0.09, per: "GB", page: "https://aws.amazon.com/ec2/pricing/on-demand/" },
} as const satisfies Readonly<Record<string, Price>>;
