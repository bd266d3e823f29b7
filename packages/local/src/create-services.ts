/** Creates the services of one local cloud and connects them: the one place that knows all of them. */
import { join } from "node:path";
import { awsApis } from "./aws-apis.ts";
import { createAwsEndpoint } from "./aws-protocol/endpoint.ts";
import { createCloudWatch } from "./services/cloudwatch/cloudwatch.ts";
import { createCognito } from "./services/cognito/cognito.ts";
import { createLogin } from "./services/cognito/managed-login/load.ts";
import { createSecretsManager } from "./services/secrets-manager/secrets-manager.ts";
import { createDeliveries } from "./services/sns/delivery/deliveries.ts";
import { createTopics } from "./services/sns/topics.ts";
import { reportDeadLetter } from "./services/sqs/report-dead-letter.ts";
import { createQueues } from "./services/sqs/queues.ts";
import { createDestinations } from "./services/lambda/invocations/destinations.ts";
import { createChannels } from "./services/appsync/channels.ts";
import { createGateway } from "./services/api-gateway/gateway.ts";
import { createRestApis } from "./services/api-gateway/store/rest-apis.ts";
import { webOriginsOf } from "./services/api-gateway/store/web-origins.ts";
import { createTokenVerifier } from "./services/api-gateway/execute-api/cognito-token.ts";
import { createAuthorize, functionAllows } from "./services/iam/authorize.ts";
import { createRoles } from "./services/iam/roles.ts";
import { createSenderChecks } from "./services/iam/senders.ts";
import { createLambdaService } from "./services/lambda/service.ts";
import { accessLogStream } from "./services/api-gateway/execute-api/access-log.ts";
import { createLogGroups } from "./services/cloudwatch-logs/log-groups.ts";
import { createLogDelivery } from "./services/cloudwatch-logs/log-delivery.ts";
import { createMessageEncryption } from "./services/cloudwatch-logs/message-encryption.ts";
import { createKms } from "./services/kms/kms.ts";
import { createSourceMaps } from "./services/s3/source-maps.ts";
import { createFaults } from "./faults/faults.ts";
import { createRequestRecorder } from "./requests/recorder.ts";
import { createWaf } from "./services/waf/waf.ts";
import { createXray } from "./services/xray/xray.ts";
import type { LocalServices, ServicesOptions } from "./local-services.ts";

const account = "000000000000";

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
  const functionOf = (name: string) => lambda.getFunction(name)?.version.settings;
  const roleOf = (functionArn: string) => functionOf(functionArn)?.roleArn;
  const callers = { account, functionOf };
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
  const waf = createWaf({ ...environment, now, measure });
  const loginUrl = () => `${awsUrl()}${options.loginPath}`;
  const cognito = createCognito({
    ...environment,
    now,
    loginUrl,
    firewall: waf,
    deliver: deliverCode,
  });
  const secrets = createSecretsManager({ ...environment, ...callers, now, envelopes });
  const mayTrace = (functionArn: string) => {
    const tracer = functionOf(functionArn);
    const putting = { action: "xray:PutTraceSegments", resource: "*" };
    return tracer !== undefined && functionAllows(roles, tracer, putting);
  };
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
    compileCache: options.compileCache,
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
      topicAttributes: (topicArn) => topics.get(topicArn).attributes,
      roles,
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
    services: awsApis({
      cloudwatch,
      cognito,
      environment,
      kms,
      lambda,
      logs,
      queues,
      secrets,
      topics,
      xray,
      callers,
      eventsHost: options.eventsHost,
      now,
      stopping: stopping.signal,
    }),
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
    policyOf,
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
