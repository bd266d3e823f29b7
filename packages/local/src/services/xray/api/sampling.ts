/**
 * Sampling rules and targets, for clients that decide themselves (documented: XRAY-API/GetSamplingRules,
 * XRAY-API/GetSamplingTargets). There is only the default rule, by which every request is sampled; on
 * AWS it samples one a second and 5 % of the others.
 */
import * as z from "zod";
import { timestamp } from "../../../aws-protocol/json-protocol.ts";
import { inputOf } from "./input.ts";

const rule = {
  RuleName: "Default",
  ResourceARN: "*",
  Priority: 10_000,
  FixedRate: 1,
  ReservoirSize: 1,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  Version: 1,
  Attributes: {},
};

const rulesInput = z.strictObject({ NextToken: z.string().optional() });

/** The default rule. */
export function getSamplingRules(asked: unknown): object {
  inputOf(rulesInput, asked);
  const [CreatedAt, ModifiedAt] = [0, 0];
  return { SamplingRuleRecords: [{ SamplingRule: rule, CreatedAt, ModifiedAt }] };
}

const statistics = z.object({ RuleName: z.string() });
const targetsInput = z.looseObject({ SamplingStatisticsDocuments: z.array(statistics) });

const isDefault = ({ RuleName }: z.infer<typeof statistics>) => RuleName === rule.RuleName;

/** Seconds between two reports of a client. */
const interval = 10;

/** What a client may sample until its next report. */
export function getSamplingTargets(asked: unknown, now: number): object {
  const { SamplingStatisticsDocuments: documents } = inputOf(targetsInput, asked);
  return {
    SamplingTargetDocuments: documents.filter(isDefault).map(({ RuleName }) => ({
      RuleName,
      FixedRate: rule.FixedRate,
      ReservoirQuota: rule.ReservoirSize,
      ReservoirQuotaTTL: timestamp(now) + interval,
      Interval: interval,
    })),
    LastRuleModification: 0,
    UnprocessedStatistics: documents
      .filter((document) => !isDefault(document))
      .map(({ RuleName }) => ({ RuleName, ErrorCode: "404", Message: "There is no such rule." })),
  };
}
