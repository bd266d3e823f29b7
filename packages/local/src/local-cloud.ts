/** The local cloud as a library: starts it, deploys an SST app to it, stops it. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { format } from "node:util";
import { listenAsAws } from "./aws-listener.ts";
import { readDeclarations } from "./inert/declarations.ts";
import { createPlausibleOutputs } from "./inert/plausible-outputs.ts";
import { keepUnsupported, refuse, type InertPart } from "./inert/unsupported.ts";
import { createConsoleApi } from "./console-api/api.ts";
import { allRoutes } from "./console-api/routes.ts";
import { createBundle } from "./console/bundle.ts";
import { createConsole } from "./console/console.ts";
import { createAwsHandler } from "./cloud-routes.ts";
import { localPaths, mailboxUrl } from "./local-paths.ts";
import { createControlApi } from "./deployments/control-api.ts";
import { createDeployments } from "./deployments/deployments.ts";
import type { GraphResource } from "./deployments/standing.ts";
import { startDevSession, type DevOptions, type DevSession } from "./sst/dev/session.ts";
import { listen } from "./http/listen.ts";
import { createAnnouncements, type Announcements } from "./announcements/announcements.ts";
import { createMinutes, defaultSpeed } from "./services/cloudwatch/minutes.ts";
import type { LogGroups } from "./services/cloudwatch-logs/log-groups.ts";
import { allResources } from "./all-resources.ts";
import { createInvokeData } from "./services/iam/resources/data-sources.ts";
import type { RequestRecorder } from "./requests/recorder.ts";
import { createRunDirectory } from "./runs/run-directory.ts";
import { createMailbox } from "./mailbox/mailbox.ts";
import { createMailPages } from "./mailbox/pages.ts";
import { isApiHost } from "./services/api-gateway/execute-api/resolve-stage.ts";
import { runSst } from "./sst/cli.ts";
import { withDeploymentLock } from "./sst/deployment-lock.ts";
import { installEngine } from "./sst/engine-binary.ts";
import { shieldFromFiles } from "./sst/env-files.ts";
import { sstEnvironment } from "./sst/environment.ts";
import type { Limitation } from "./provider/limitations.ts";
import { openProject, type Project } from "./sst/project.ts";
import { createServices } from "./create-services.ts";
import { escapeLines } from "./text/escape.ts";
import { announcing } from "./announcing.ts";
import type { DeployOptions, LocalCloudOptions } from "./local-cloud-options.ts";

/** A running local cloud. */
export interface LocalCloud {
  readonly project: Project;
  /** What this run writes is in this folder, and goes with it when the cloud stops. */
  readonly folder: string;
  readonly urls: Readonly<Record<"api" | "aws" | "console" | "mailbox", string>>;
  readonly logs: LogGroups;
  readonly announcements: Announcements;
  /** Requests to the API, with what each layer decided. */
  readonly requests: Pick<RequestRecorder, "subscribe">;
  /** Runs `sst deploy`, one at a time in a folder. @throws SstFailedError with what the CLI printed. */
  deploy(options: DeployOptions): Promise<void>;
  /** Starts `sst dev`, which deploys and then runs functions from their sources; `stop` ends it. */
  dev(options: DevOptions): Promise<DevSession>;
  /** Runs `sst remove`, as `deploy` does. @throws SstFailedError with what the CLI printed. */
  remove(options: DeployOptions): Promise<void>;
  /** The resources of a stage in the order in which they were applied. */
  graph(stage: string): readonly GraphResource[];
  /** What of a stage is inert; see `keepsUnsupported`. */
  inertParts(stage: string): readonly InertPart[];
  /** The addresses of the login pages of the user pools that have a domain. */
  loginUrls(): readonly string[];
  /** Where a stage behaves in another way than on AWS, each limitation once. */
  limitations(stage: string): readonly Limitation[];
  /** Ends every process and connection, and removes what this run has written. */
  stop(): Promise<void>;
}

/**
 * Starts a local cloud on 127.0.0.1, with nothing deployed to it.
 * @throws Error when the folder holds no SST app; PortTakenError
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {
    region = "us-east-1",
    speed = defaultSpeed,
    timeLimits = true,
    inspect = false,
    onError = (error) => void process.stderr.write(`${escapeLines(format(error))}\n`),
  } = options;
  const project = openProject(options.project ?? ".");
  const folder = createRunDirectory(project.cloudFolder);
  const closing: (() => Promise<void>)[] = [];
  const announcements = createAnnouncements();
  const mailbox = createMailbox();
  let eventsHost: string | undefined;
  const stop = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
    folder.remove();
  };

  try {
    const time = options.time ?? { minutes: createMinutes({ now: Date.now, speed }) };
    const services = createServices({
      region,
      ...time,
      awsUrl: () => awsListener.url,
      stayLocal: () => tlsListener.variables,
      runtimeApiPath: localPaths.runtimeApi,
      loginPath: localPaths.login,
      runtimeClient: project.runtimeClient,
      stateFolder: folder.folder("lambda"),
      // Not the engine's: functions may write to theirs.
      compileCache: path.join(project.compileCache, "functions"),
      eventsHost: () => eventsHost,
      timeLimits,
      inspect,
      beforeAuthorize: options.beforeAuthorize,
      ...announcing(announcements, mailbox),
      onError,
    });
    closing.push(() => services.stop());
    const deployments = createDeployments(
      allResources(services),
      createInvokeData(services.environment),
      options.keepsUnsupported === true
        ? keepUnsupported(
            createPlausibleOutputs(services.environment, readDeclarations(project.platform)),
          )
        : refuse,
    );
    const apiRoutes = allRoutes({
      ...services,
      deployments,
      mailbox,
      examples: options.examples ?? [],
      // After one minute and after two it is tried again (documented: LAMBDA/invocation-async-error-handling).
      deadLetterMs: 4 * time.minutes.lengthMs + 20_000,
      apiUrl: () => apiListener.url,
      apiDocument: options.apiDocument,
    });
    const engineToken = randomBytes(32).toString("hex");
    const handleAws = createAwsHandler({
      endpoint: services.endpoint,
      control: createControlApi(deployments, engineToken),
      page: createConsole(createBundle(project.platform)),
      api: createConsoleApi({
        routes: apiRoutes,
        path: localPaths.api,
        token: randomBytes(32).toString("hex"),
        onError,
      }),
      login: services.login,
      mail: createMailPages({
        mailbox,
        url: () => mailboxUrl(awsListener.url),
        confirm: (topicArn, token) => void services.topics.confirm(topicArn, token),
      }),
      runtimeApi: (request) => services.lambda.runtimeApi(request),
    });
    const awsListener = await listen(handleAws, options.awsPort ?? 0);
    // Stopped after the functions, which talk to it until their end.
    closing.unshift(awsListener.close);
    const apiListener = await listen(
      (request, connection) => services.gateway.fetch(request, connection),
      options.port ?? 0,
      { servesHost: isApiHost, refuse: services.gateway.refuse },
    );
    closing.push(apiListener.close);

    const tlsListener = await listenAsAws({
      api: services.gateway.fetch,
      aws: services.endpoint.fetch,
      login: services.login,
      folder: folder.folder("tls"),
    });
    closing.unshift(tlsListener.close);

    const configFolder = folder.folder("config");
    installEngine({ configFolder, compileCache: project.compileCache });
    const awsUrl = awsListener.url;
    const stayLocal = tlsListener.variables;
    const environment = sstEnvironment(process.env, {
      region,
      configFolder,
      temporaryFolder: folder.folder("tmp"),
      cloud: { awsUrl, engineUrl: `${awsUrl}${localPaths.engine}`, engineToken, stayLocal },
    });
    const environmentOf = (stage: string) => shieldFromFiles(environment, project.root, stage);
    const run = async (command: string, { stage, onLine, onWait, signal }: DeployOptions) => {
      const env = environmentOf(stage);
      return withDeploymentLock(project, { onWait, signal }, () =>
        runSst(project, { args: [command, "--stage", stage], env, onLine, signal }),
      );
    };

    const dev = async (asked: DevOptions) => {
      const session = await startDevSession({
        ...asked,
        project,
        region,
        channels: services.channels,
        folder: folder.folder("dev"),
        env: environmentOf(asked.stage),
        onHost: (host) => {
          eventsHost = host;
        },
        onError,
      });
      closing.push(() => session.close());
      return session;
    };

    return {
      project,
      folder: folder.path,
      urls: {
        api: apiListener.url,
        aws: awsUrl,
        console: `${awsUrl}${localPaths.console}`,
        mailbox: mailboxUrl(awsUrl),
      },
      logs: services.logs,
      announcements,
      requests: services.requests,
      deploy: (deployment) => run("deploy", deployment),
      dev,
      remove: (deployment) => run("remove", deployment),
      graph: (stage) => deployments.graph(stage),
      inertParts: (stage) => deployments.inertParts(stage),
      loginUrls: () => services.cognito.loginUrls(),
      limitations: (stage) => deployments.limitations(stage),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
