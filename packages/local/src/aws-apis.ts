/** Which service answers each of AWS's APIs, by the name that requests are signed for. */
import type { AwsService } from "./aws-protocol/service.ts";
import type { LocalServices, ServicesOptions } from "./local-services.ts";
import { createAppSyncApi } from "./services/appsync/api.ts";
import { createCloudWatchLogs } from "./services/cloudwatch-logs/api/cloudwatch-logs.ts";
import type { Callers } from "./services/iam/principal.ts";
import { createLambdaApi } from "./services/lambda/api/operations.ts";
import { createStateBuckets } from "./services/s3/state-bucket.ts";
import { createSns } from "./services/sns/sns.ts";
import { createSqs } from "./services/sqs/sqs.ts";
import { sstBootstrapParameter } from "./services/ssm/sst-bootstrap.ts";
import { createParameterStore } from "./services/ssm/ssm.ts";
import { createSts } from "./services/sts/sts.ts";

/** The S3 buckets that are there from the start: of uploads, and of SST's state. */
export const buckets = { asset: "sst-asset-local-s3alias", state: "sst-state-local" };

type Answering = Pick<
  LocalServices,
  | "cloudwatch"
  | "cognito"
  | "environment"
  | "kms"
  | "lambda"
  | "logs"
  | "queues"
  | "secrets"
  | "topics"
  | "xray"
> & {
  readonly callers: Callers;
  readonly eventsHost: ServicesOptions["eventsHost"];
  readonly now: () => number;
  /** Ends long polls. */
  readonly stopping: AbortSignal;
};

/** The APIs of these services. */
export function awsApis(services: Answering): Readonly<Record<string, AwsService>> {
  const { environment, callers, logs, now } = services;
  const parameters = sstBootstrapParameter(buckets);
  return {
    appsync: createAppSyncApi({ ...environment, host: services.eventsHost }),
    "cognito-idp": services.cognito.service,
    kms: services.kms.service,
    lambda: createLambdaApi({ ...environment, functions: services.lambda, logs }),
    logs: createCloudWatchLogs({ ...environment, logs }),
    monitoring: services.cloudwatch.service,
    s3: createStateBuckets({ buckets: Object.values(buckets), now }),
    secretsmanager: services.secrets.service,
    sns: createSns(services.topics, { ...environment, ...callers }),
    sqs: createSqs(services.queues, callers, services.stopping),
    ssm: createParameterStore({ ...environment, parameters, now }),
    sts: createSts(callers),
    xray: services.xray.service,
  };
}
