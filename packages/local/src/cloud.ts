/** The local cloud as a library: starts it, deploys an SST app to it, stops it. */
import { randomBytes } from "node:crypto";
import { createConsole } from "./console/console.ts";
import { overviewOf } from "./console/overview.ts";
import { createControlApi } from "./deployment/control-api.ts";
import { createDeployments, type GraphResource } from "./deployment/deployments.ts";
import { listen, type Handler } from "./listen.ts";
import type { LogGroups } from "./logs/index.ts";
import { allResources, createInvokeData } from "./resources/index.ts";
import { createRunFolder } from "./run-folder.ts";
import { runSst } from "./sst/cli.ts";
import { installEngine } from "./sst/engine-binary.ts";
import { sstEnvironment } from "./sst/environment.ts";
import { openProject, type Project } from "./sst/project.ts";
import { wire } from "./wire.ts";

export interface LocalCloudOptions {
  /** The folder of `sst.config.ts`; this one unless told. */
  readonly project?: string;
  /** Port of the API; 0, the default, takes a free one. */
  readonly port?: number;
  /** Port of the AWS endpoint; 0, the default, takes a free one. */
  readonly awsPort?: number;
  /** The region that the app deploys to; `us-east-1` unless told. */
  readonly region?: string;
  /** Told of faults of the local cloud itself; they go to standard error unless told. */
  readonly onError?: (error: unknown) => void;
}

export interface DeployOptions {
  readonly stage: string;
  /** Receives each line that the SST CLI prints. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** A running local cloud. */
export interface LocalCloud {
  readonly project: Project;
  readonly urls: { readonly api: string; readonly aws: string; readonly console: string };
  readonly logs: LogGroups;
  /** Runs `sst deploy`. @throws SstFailedError with what the CLI printed. */
  deploy(options: DeployOptions): Promise<void>;
  /** Runs `sst remove`. @throws SstFailedError with what the CLI printed. */
  remove(options: DeployOptions): Promise<void>;
  /** The resources of a stage in the order in which they were applied. */
  graph(stage: string): readonly GraphResource[];
  /** Ends every process and connection, and removes what this run has written. */
  stop(): Promise<void>;
}

const enginePath = "/_local/engine";
const runtimeApiPath = "/_local/runtime";
const consolePath = "/_local/console";

/**
 * Starts a local cloud on 127.0.0.1, with nothing deployed to it.
 * @throws Error when the folder holds no SST app; PortTakenError
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const { region = "us-east-1", onError = (error) => console.error(error) } = options;
  const project = openProject(options.project ?? ".");
  const folder = createRunFolder(project.cloudFolder);
  const engineToken = randomBytes(32).toString("hex");
  const closing: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0)) await close();
    folder.remove();
  };

  try {
    const parts = wire({
      region,
      awsUrl: () => awsListener.url,
      runtimeApiPath,
      runtimeClient: project.runtimeClient,
      stateFolder: folder.folder("lambda"),
      onError,
    });
    const { services, endpoint, gateway } = parts;
    const deployments = createDeployments(allResources(services), createInvokeData(services));
    const control = createControlApi(deployments, engineToken);
    const page = createConsole(() =>
      overviewOf({ services, deployments, apiUrl: apiListener.url }),
    );

    const handleAws: Handler = (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(`${enginePath}/`)) return control.fetch(below(request, enginePath));
      if (pathname.startsWith(`${runtimeApiPath}/`)) {
        return services.lambda.runtimeApi(below(request, runtimeApiPath));
      }
      if (pathname.startsWith(consolePath)) return page.fetch(below(request, consolePath));
      return endpoint.fetch(request);
    };
    const awsListener = await listen(handleAws, options.awsPort ?? 0);
    closing.push(
      () => awsListener.close(),
      () => parts.stop(),
    );
    const apiListener = await listen(gateway.fetch, options.port ?? 0);
    closing.unshift(() => apiListener.close());

    const configFolder = folder.folder("config");
    installEngine(configFolder);
    const env = sstEnvironment(process.env, {
      region,
      configFolder,
      temporaryFolder: folder.folder("tmp"),
      cloud: { awsUrl: awsListener.url, engineUrl: `${awsListener.url}${enginePath}`, engineToken },
    });
    const run = (command: string, { stage, ...options }: DeployOptions) =>
      runSst(project, { args: [command, "--stage", stage], env, ...options });

    return {
      project,
      urls: {
        api: apiListener.url,
        aws: awsListener.url,
        console: `${awsListener.url}${consolePath}`,
      },
      logs: services.logs,
      deploy: (deployment) => run("deploy", deployment),
      remove: (deployment) => run("remove", deployment),
      graph: (stage) => deployments.graph(stage),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The same request with the first part of its path taken away. */
function below(request: Request, prefix: string): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(prefix.length) || "/";
  return new Request(url, request);
}
