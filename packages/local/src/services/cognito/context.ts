/** What every Cognito operation works with, and the members that many of them share. */
import * as z from "zod";
import type { CodeDelivery } from "./model.ts";
import type { Pools } from "./pools.ts";

/** The parts of one Cognito; `now` gives milliseconds since 1970. */
export interface Context {
  pools: Pools;
  now: () => number;
  deliver: (delivery: CodeDelivery) => void;
}

const triggersAndAnalytics = {
  ClientMetadata: z.record(z.string(), z.string()).optional(),
  AnalyticsMetadata: z.looseObject({}).optional(),
};

/** Members that only feed triggers, analytics and threat protection, which no local pool has. */
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
export const secretHash = z.string().min(1).max(128).optional();
export const userAttributes = z
  .array(z.strictObject({ Name: z.string().max(32), Value: z.string().max(2048) }))
  .default([]);
