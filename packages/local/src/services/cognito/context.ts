/** The dependencies of Cognito's operations, and the input members that they share. */
import * as z from "zod";
import type { Waf } from "../waf/waf.ts";
import type { Admit } from "./limits.ts";
import type { CheckPassword } from "./lock-out.ts";
import type { CodeDelivery } from "./model.ts";
import type { Pools } from "./pools.ts";
import type { SecretBlocks } from "./secret-block.ts";

/** The dependencies of an operation; `now` returns milliseconds since 1970. */
export interface Context {
  pools: Pools;
  now: () => number;
  deliver: (delivery: CodeDelivery) => void;
  admit: Admit;
  checkPassword: CheckPassword;
  secretBlocks: SecretBlocks;
  /** The web ACLs in front of pools. */
  firewall: Pick<Waf, "evaluate">;
}

const triggersAndAnalytics = {
  ClientMetadata: z.record(z.string(), z.string()).optional(),
  AnalyticsMetadata: z.looseObject({}).optional(),
};

/** Members for triggers, analytics and the risk of a sign-in, which have no effect here. */
export const ignoredOfUser = {
  ...triggersAndAnalytics,
  UserContextData: z.looseObject({}).optional(),
};

/** The same for the operations of administrators. */
export const ignoredOfAdmin = {
  ...triggersAndAnalytics,
  ContextData: z.looseObject({}).optional(),
};

export const userPoolId = z.string().min(1).max(55);
export const clientId = z.string().min(1).max(128);
export const username = z.string().min(1).max(128);
export const password = z.string().min(1).max(256);
export const accessToken = z.string().min(1);
export const confirmationCode = z.string().min(1).max(2048);
export const userAttributes = z.array(
  z.strictObject({ Name: z.string().max(32), Value: z.string().max(2048) }),
);

/** Members of unsigned operations that name a user. */
export const naming = {
  ClientId: clientId,
  Username: username,
  SecretHash: z.string().min(1).max(128).optional(),
  ...ignoredOfUser,
};
