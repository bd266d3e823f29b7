/** Creates the services of one local cloud and connects them: the one place that knows all of them. */
import { join } from "node:path";
import type { AwsEnvironment } from "./aws-protocol/aws-environment.ts";
import type { AwsAuthorization } from "./aws-protocol/service.ts";
import { createAwsEndpoint, type AwsEndpoint } from "./aws-protocol/endpoint.ts";
import type { AlarmChange } from "./services/cloudwatch/alarms/alarm.ts";
import type { RefusedAction } from "./services/cloudwatch/alarms/actions.ts";
import { createCloudWatch, type CloudWatch } from "./services/cloudwatch/cloudwatch.ts";
import type { Minutes } from "./services/cloudwatch/minutes.ts";
import { createCloudWatchLogs } from "./services/cloudwatch-logs/api/cloudwatch-logs.ts";
import { createCognito, type Cognito } from "./services/cognito/cognito.ts";
import { createLogin } from "./services/cognito/managed-login/load.ts";
import type { CodeDelivery } from "./services/cognito/model.ts";
import { createLambdaApi } from "./services/lambda/api/operations.ts";
import { createParameterStore } from "./services/ssm/ssm.ts";
import {
  createSecretsManager,
  type SecretsManager,
} from "./services/secrets-manager/secrets-manager.ts";
import { createStateBuckets } from "./services/s3/state-bucket.ts";
import { createSts } from "./services/sts/sts.ts";
import { sstBootstrapParameter } from "./services/ssm/sst-bootstrap.ts";
import { createDeliveries } from "./services/sns/delivery/deliveries.ts";
import type { TopicMail } from "./services/sns/mail.ts";
import { createSns } from "./services/sns/sns.ts";
import { createTopics, type Topics } from "./services/sns/topics.ts";
import type { DeadLetter } from "./services/sqs/dead-letter.ts";
import { reportDeadLetter } from "./services/sqs/report-dead-letter.ts";
import { createQueues, type Queues } from "./services/sqs/queues.ts";
import { createSqs } from "./services/sqs/sqs.ts";
import type { Wait } from "./services/lambda/invocations/async-invocations.ts";
import { createDestinations } from "./services/lambda/invocations/destinations.ts";
import { createAppSyncApi } from "./services/appsync/api.ts";
import { createChannels, type Channels } from "./services/appsync/channels.ts";
import { createGateway, type Gateway } from "./services/api-gateway/gateway.ts";
import { createRestApis, type RestApis } from "./services/api-gateway/store/rest-apis.ts";
import { webOriginsOf } from "./services/api-gateway/store/web-origins.ts";
import { createTokenVerifier } from "./services/api-gateway/execute-api/cognito-token.ts";
import { createAuthorize, roleAllows } from "./services/iam/authorize.ts";
import { createRoles, type Roles } from "./services/iam/roles.ts";
import { createSenderChecks } from "./services/iam/senders.ts";
import { createLambdaService, type LambdaService } from "./services/lambda/service.ts";
import { accessLogStream } from "./services/api-gateway/execute-api/access-log.ts";
import { createLogGroups, type LogGroups } from "./services/cloudwatch-logs/log-groups.ts";
import { createLogDelivery, type LogDelivery } from "./services/cloudwatch-logs/log-delivery.ts";
import { createMessageEncryption } from "./services/cloudwatch-logs/message-encryption.ts";
import { createKms, type Kms } from "./services/kms/kms.ts";
import { createSourceMaps, type SourceMaps } from "./services/s3/source-maps.ts";
import { createFaults, type FaultChange, type Faults } from "./faults/faults.ts";
import { createRequestRecorder, type RequestRecorder } from "./requests/recorder.ts";
import { createWaf, type Waf } from "./services/waf/waf.ts";
import { createXray, type Xray } from "./services/xray/xray.ts";

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
  readonly beforeAuthorize?: (call: AwsAuthorization) => void;
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

const account = "000000000000";
/** The S3 buckets that are there from the start: of uploads, and of SST's state. */
export const buckets = { asset: "sst-asset-local", state: "sst-state-local" };

/** Creates the services with nothing deployed to them; nothing listens yet. */
export function createServices(options: ServicesOptions): LocalServices {
  const { region, awsUrl, timeLimits, inspect, onError, onDeadLetter, now = Date.now } = options;
  const { minutes } = options;
  const { deliverCode = () => undefined, deliverMail: sendMail = () => undefined } = options;
  const environment = { region, account };

  const requests = createRequestRecorder();
  const faults = createFaults(options.onFault ?? (() => undefined));
  const { report } = requests;
  const assets = new Map<string, string>();
  const sourceMaps = createSourceMaps(join(options.stateFolder, "source-maps"));
  const roles = createRoles();
  const roleOf = (functionName: string) =>
    lambda.getFunction(functionName)?.version.settings.roleArn;
  const callers = { account, roleOf };
  const cloudwatch = createCloudWatch({
    environment,
    now,
    minutes,
    publish(alarmArn, topicArn, notification) {
      const sender = senders.ofAlarm(alarmArn, topicArn);
      topics.publish(topicArn, { ...notification, attributes: {} }, sender);
    },
    onChange: (change) => options.onAlarm?.(change),
    onRefusal: (refused) => options.onRefusedAction?.(refused),
    onError,
  });
  const { measure } = cloudwatch.metrics;
  const kms = createKms({ ...environment, roles, now });
  const { envelopes } = kms;
  const logs = createLogGroups(now, createMessageEncryption(envelopes, environment));
  const logDelivery = createLogDelivery({ ...environment, logs, roles });
  const loginUrl = () => `${awsUrl()}${options.loginPath}`;
  const cognito = createCognito({ ...environment, now, loginUrl, deliver: deliverCode });
  const secrets = createSecretsManager({ ...environment, ...callers, now, envelopes });
  const mayTrace = (roleArn: string) =>
    roleAllows(roles, roleArn, { action: "xray:PutTraceSegments", resource: "*" });
  const xray = createXray({ ...environment, now, mayTrace });
  const queues = createQueues({
    ...environment,
    endpoint: awsUrl,
    now,
    envelopes,
    measure,
    onDeadLetter(letter) {
      reportDeadLetter(report, letter);
      onDeadLetter?.(letter);
    },
  });
  minutes.onEnd((minute) => queues.publishMetrics(minute));
  const waf = createWaf({ ...environment, now, measure });
  const policyOf = (arn: string) =>
    queues.policyOf(arn) ?? topics.policyOf(arn) ?? secrets.policyOf(arn) ?? kms.keys.policyOf(arn);
  const senders = createSenderChecks({ roles, policyOf, roleOf });
  const apis = createRestApis(environment);
  const channels = createChannels();
  const lambda = createLambdaService({
    region,
    now,
    channels,
    timeLimits,
    minuteMs: minutes.lengthMs,
    wait: options.wait,
    inspect,
    requests,
    sourceMapOf: (codeSha256, script) => sourceMaps.find(codeSha256, script),
    logs,
    measure,
    runtimeApi: () => `${new URL(awsUrl()).host}${options.runtimeApiPath}`,
    awsEndpoint: awsUrl,
    stayLocal: options.stayLocal,
    runtimeClient: options.runtimeClient,
    stateFolder: options.stateFolder,
    tracing: xray.tracing,
    deliverTo: createDestinations({
      send: (queueArn, { body, traceHeader, functionArn: sourceArn, reason }, sender) =>
        queues.sendDeadLetter(
          { queueArn, sourceArn, reason },
          { body, attributes: {}, traceHeader },
          sender,
        ),
      publish: (arn, { body: message, traceHeader }, sender) =>
        topics.publish(arn, { message, attributes: {}, traceHeader }, sender),
      authorize: senders.ofRecord,
    }),
  });
  const topics = createTopics({
    ...environment,
    now,
    envelopes,
    measure,
    sendMail,
    recordSegment: xray.record,
    createOutbox: createDeliveries({
      lambda,
      sendMail,
      send: queues.send,
      sendDeadLetter: (...letter) => queues.sendDeadLetter(...letter),
      logs,
      now,
      measure,
      authorize: senders.ofNotification,
      report,
    }),
  });
  const gateway = createGateway({
    environment,
    apis,
    waf,
    now,
    measure,
    verifyToken: createTokenVerifier({ ...cognito, now }),
    timeLimits,
    requests,
    invoke: (functionArn, payload, trace) => lambda.invoke(functionArn, payload, { trace }),
    recordSegment: xray.record,
    isInvokeAllowed: (functionArn, sourceArn) =>
      lambda.isAllowed(functionArn, "apigateway.amazonaws.com", sourceArn),
    log: ({ logGroupArn, line }) =>
      logs.write({
        group: logGroupArn.split(":log-group:")[1] ?? logGroupArn,
        stream: accessLogStream,
        timestamp: now(),
        message: line,
      }),
    logExecution: (event) => logs.write(event),
    onError,
  });
  const authorize = createAuthorize({ ...callers, roles, policyOf });
  const parameters = sstBootstrapParameter(buckets);
  const stopping = new AbortController();
  const webOrigins = () => webOriginsOf(apis.servedStages());
  const endpoint = createAwsEndpoint({
    region,
    authorize(call) {
      options.beforeAuthorize?.(call);
      authorize(call);
    },
    requests,
    disturb: faults.disturb,
    publicDocument: (path) => cognito.publicDocument(path),
    webOrigins,
    observe: xray.observe,
    onError,
    services: {
      appsync: createAppSyncApi({ ...environment, host: options.eventsHost }),
      "cognito-idp": cognito.service,
      kms: kms.service,
      lambda: createLambdaApi({ ...environment, functions: lambda, logs }),
      logs: createCloudWatchLogs({ ...environment, logs }),
      monitoring: cloudwatch.service,
      s3: createStateBuckets({ buckets: Object.values(buckets), now }),
      secretsmanager: secrets.service,
      sns: createSns(topics, { ...environment, ...callers }),
      sqs: createSqs(queues, callers, stopping.signal),
      ssm: createParameterStore({ ...environment, parameters, now }),
      sts: createSts(callers),
      xray: xray.service,
    },
  });

  // Last, since the services publish what a minute has come to at its end as well.
  minutes.onEnd((minute) => cloudwatch.alarms.evaluateAll(minute));

  const pages = { path: options.loginPath, webOrigins, onError };
  const login = createLogin({ context: cognito.context, ...pages });

  return {
    environment,
    apis,
    assets,
    channels,
    cloudwatch,
    cognito,
    endpoint,
    faults,
    gateway,
    kms,
    lambda,
    login,
    logs,
    logDelivery,
    queues,
    requests,
    roles,
    secrets,
    sourceMaps,
    topics,
    waf,
    xray,
    async stop() {
      minutes.stop();
      topics.stop();
      await lambda.stop();
      await xray.stop();
      stopping.abort();
    },
  };
}
