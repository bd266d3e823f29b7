/** The services of a local cloud: what they are created with, and what they are. */
import type { AwsEnvironment } from "./aws-protocol/aws-environment.ts";
import type { AwsAuthorization } from "./aws-protocol/service.ts";
import type { AwsEndpoint } from "./aws-protocol/endpoint.ts";
import type { AlarmChange } from "./services/cloudwatch/alarms/alarm.ts";
import type { RefusedAction } from "./services/cloudwatch/alarms/actions.ts";
import type { CloudWatch } from "./services/cloudwatch/cloudwatch.ts";
import type { Minutes } from "./services/cloudwatch/minutes.ts";
import type { Cognito } from "./services/cognito/cognito.ts";
import type { CodeDelivery } from "./services/cognito/model.ts";
import type { SecretsManager } from "./services/secrets-manager/secrets-manager.ts";
import type { TopicMail } from "./services/sns/mail.ts";
import type { Topics } from "./services/sns/topics.ts";
import type { DeadLetter } from "./services/sqs/dead-letter.ts";
import type { Queues } from "./services/sqs/queues.ts";
import type { Wait } from "./services/lambda/invocations/async-invocations.ts";
import type { Channels } from "./services/appsync/channels.ts";
import type { Gateway } from "./services/api-gateway/gateway.ts";
import type { RestApis } from "./services/api-gateway/store/rest-apis.ts";
import type { Roles } from "./services/iam/roles.ts";
import type { LambdaService } from "./services/lambda/ports.ts";
import type { LogGroups } from "./services/cloudwatch-logs/log-groups.ts";
import type { LogDelivery } from "./services/cloudwatch-logs/log-delivery.ts";
import type { Kms } from "./services/kms/kms.ts";
import type { SourceMaps } from "./services/s3/source-maps.ts";
import type { FaultChange, Faults } from "./faults/faults.ts";
import type { RequestRecorder } from "./requests/recorder.ts";
import type { Waf } from "./services/waf/waf.ts";
import type { Xray } from "./services/xray/xray.ts";

/** What the services of a local cloud are created with. */
export interface ServicesOptions {
  readonly region: string;
  /** `http://127.0.0.1:PORT` of the AWS endpoint; asked when something is called. */
  readonly awsUrl: () => string;
  /** The variables of functions by which `processes/stay-local.ts` acts; none by default. */
  readonly stayLocal?: () => Readonly<Record<string, string>>;
  /** The path below which the AWS endpoint's listener serves Lambda's runtime API. */
  readonly runtimeApiPath: string;
  /** The path below which that listener serves the login pages of user pools. */
  readonly loginPath: string;
  readonly runtimeClient: string;
  readonly stateFolder: string;
  /** Where Node keeps the compiled code of functions' environments between runs. */
  readonly compileCache: string;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
  /** By which metrics are kept, and alarms evaluated; `stop` of the services stops them. */
  readonly minutes: Minutes;
  /** `127.0.0.1:PORT` of AppSync's events, for `sst dev`; undefined while they are not served. */
  readonly eventsHost: () => string | undefined;
  /** Whether the timeouts of functions and integrations hold. */
  readonly timeLimits: boolean;
  /** How events of functions wait for a retry; by timers by default. */
  readonly wait?: Wait | undefined;
  /** Whether debuggers can attach to functions. */
  readonly inspect: boolean;
  /** Receives what Cognito would send by e-mail; discarded by default. */
  readonly deliverCode?: (delivery: CodeDelivery) => void;
  /** Receives what topics would send by e-mail; discarded by default. */
  readonly deliverMail?: (mail: TopicMail) => void;
  /** Receives each message that came into a dead-letter queue; discarded by default. */
  readonly onDeadLetter?: (letter: DeadLetter) => void;
  /** Told of each alarm that changed its state; default: nobody is. */
  readonly onAlarm?: (change: AlarmChange) => void;
  /** Told of each notification of an alarm that a topic refused; default: nobody is. */
  readonly onRefusedAction?: (refused: RefusedAction) => void;
  /** Hears of faults that begin, meet a call and end; discarded by default. */
  readonly onFault?: (change: FaultChange) => void;
  /** Called with each call before it is authorized; it may throw to deny the call, and never allows one. */
  readonly beforeAuthorize?: ((call: AwsAuthorization) => void) | undefined;
  /** Told of faults of the local cloud itself. */
  readonly onError: (error: unknown) => void;
}

/** The services of one local cloud: what is served, and what resources are applied to. */
export interface LocalServices {
  readonly environment: AwsEnvironment;
  readonly apis: RestApis;
  /** Uploaded objects: `BUCKET/KEY` to the file on this machine. */
  readonly assets: Map<string, string>;
  readonly channels: Channels;
  readonly cloudwatch: CloudWatch;
  readonly cognito: Cognito;
  readonly endpoint: AwsEndpoint;
  readonly faults: Faults;
  readonly gateway: Gateway;
  readonly kms: Kms;
  readonly lambda: LambdaService;
  /** Serves the login pages, whose paths begin with a domain. */
  readonly login: (request: Request) => Promise<Response>;
  readonly logs: LogGroups;
  readonly logDelivery: LogDelivery;
  /** The policy of the queue, topic, secret or key with this ARN, as JSON. */
  readonly policyOf: (arn: string) => string | undefined;
  readonly queues: Queues;
  readonly requests: RequestRecorder;
  readonly roles: Roles;
  readonly secrets: SecretsManager;
  readonly sourceMaps: SourceMaps;
  readonly topics: Topics;
  readonly waf: Waf;
  readonly xray: Xray;
  /** Ends deliveries, functions and queues. */
  stop(): Promise<void>;
}
