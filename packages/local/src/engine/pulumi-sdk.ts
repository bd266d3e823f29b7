/** The part of the Pulumi SDK that the engine uses, as SST installed it next to its components. */
import { createRequire } from "node:module";
import path from "node:path";
import * as z from "zod";
import type { Applied, Registration } from "../deployments/protocol.ts";
import { postpone } from "./postpone.ts";

/** The calls of a running program. */
interface ProgramRequests {
  register(registration: Registration): Promise<Applied>;
  invoke(token: string, inputs: Record<string, unknown>): Promise<Record<string, unknown>>;
  outputs(urn: string, outputs: Record<string, unknown>): Promise<void>;
}

/** Loads the SDK that the program itself will import. @throws when SST's platform is not installed. */
export function loadPulumi(platformFolder: string) {
  const require = createRequire(path.join(platformFolder, "package.json"));
  postponeClosures(require);
  const { setMocks } = mocksModule.parse(require("@pulumi/pulumi/runtime/mocks"));
  const { getMonitor, disconnect } = settingsModule.parse(
    require("@pulumi/pulumi/runtime/settings"),
  );
  const { runInPulumiStack } = stackModule.parse(require("@pulumi/pulumi/runtime/stack"));
  const { deserializeProperties } = rpcModule.parse(require("@pulumi/pulumi/runtime/rpc"));
  withoutStackTraces(debuggableModule.parse(require("@pulumi/pulumi/runtime/debuggable")));

  /** Replaces Pulumi's engine with this monitor. */
  async function startMonitor(
    stack: { app: string; stage: string },
    requests: ProgramRequests,
  ): Promise<void> {
    // The SDK's mock monitor calls `newResource` synchronously from `registerResource` and
    // `readResource`, but leaves out most of the request: the wrappers below keep it here.
    let request: RegisterRequest | undefined;
    let existing = false;

    await setMocks(
      {
        newResource: async (args) => {
          const current = request;
          const parent = current?.getParent() ?? "";
          const { type, name, inputs, custom, id } = args;
          const applied = await requests.register({
            urn: monitor.newUrn(parent, type, name),
            type,
            name,
            parent,
            custom: custom ?? false,
            remote: current?.getRemote?.() ?? false,
            ...(existing && id ? { existingId: id } : {}),
            ignoreChanges: current?.getIgnorechangesList?.() ?? [],
            ...(current?.getDeletebeforereplacedefined?.()
              ? { deleteBeforeReplace: current.getDeletebeforereplace?.() ?? false }
              : {}),
            dependencies: dependenciesOf(current),
            dependsOn: current?.getDependenciesList?.() ?? [],
            inputs,
          });
          return { id: applied.id, state: applied.outputs };
        },
        call: ({ token, inputs }) => requests.invoke(token, inputs),
      },
      stack.app,
      stack.stage,
      false,
      "organization",
    );

    const monitor = monitorSchema.parse(getMonitor());
    const { registerResource, readResource } = monitor;
    monitor.newUrn = (parent, type, name) => urnOf(stack, parent, type, name);
    monitor.registerResource = (incoming, callback) => {
      [request, existing] = [incoming, false];
      return registerResource.call(monitor, incoming, callback);
    };
    monitor.readResource = (incoming, callback) => {
      [request, existing] = [incoming, true];
      return readResource.call(monitor, incoming, callback);
    };
    monitor.registerResourceOutputs = async (incoming, callback) => {
      try {
        await requests.outputs(incoming.getUrn(), deserializeProperties(incoming.getOutputs()));
        callback(null, {});
      } catch (error) {
        callback(error);
      }
    };
  }

  return {
    startMonitor,

    /** Runs the program as the stack's content and waits for everything that it started. */
    async runStack(program: () => Promise<unknown>): Promise<void> {
      await runInPulumiStack(program);
      await disconnect();
    },
  };
}

/**
 * The SDK serializes functions of programs that create them from closures. For this it loads npm's
 * installer, half of all its modules.
 */
function postponeClosures(require: NodeJS.Require): void {
  const closures = "@pulumi/pulumi/runtime/closure";
  postpone(require, `${closures}/codePaths`, ["computeCodePaths"]);
  postpone(require, `${closures}/serializeClosure`, [
    "serializeFunction",
    "serializeFunctionAsync",
  ]);
}

/**
 * The SDK renders a stack trace for each promise that it creates, a tenth of a deployment's time, for
 * messages that it prints only when `PULUMI_DEBUG_PROMISE_LEAKS` is set.
 */
function withoutStackTraces(module: z.infer<typeof debuggableModule>): void {
  const debuggablePromise = module.debuggablePromise.bind(module);
  module.debuggablePromise = (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** The URN that Pulumi gives a resource: its type is qualified by its parents', the stack's left out. */
function urnOf(
  { app, stage }: { app: string; stage: string },
  parent: string,
  type: string,
  name: string,
) {
  const parentType = parent.split("::")[2] ?? "pulumi:pulumi:Stack";
  const qualified = parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stage}::${app}::${qualified}::${name}`;
}

/** The URNs that each input depends on; a resource that is only looked up has none. */
function dependenciesOf(request: RegisterRequest | undefined): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  request?.getPropertydependenciesMap?.().forEach((dependencies, input) => {
    found[input] = dependencies.getUrnsList();
  });
  return found;
}

const fn = <T>() => z.custom<T>((value) => typeof value === "function");

interface MockResourceArgs {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  custom?: boolean;
  id?: string;
}

interface Mocks {
  newResource(args: MockResourceArgs): Promise<{ id: string; state: Record<string, unknown> }>;
  call(args: { token: string; inputs: Record<string, unknown> }): Promise<Record<string, unknown>>;
}

interface RegisterRequest {
  getParent(): string;
  getRemote?(): boolean;
  getIgnorechangesList?(): string[];
  getDeletebeforereplacedefined?(): boolean;
  getDeletebeforereplace?(): boolean;
  getDependenciesList?(): string[];
  getPropertydependenciesMap?(): {
    forEach(each: (dependencies: { getUrnsList(): string[] }, input: string) => void): void;
  };
}

type Callback = (error: unknown, response?: unknown) => void;
type ResourceCall = (request: RegisterRequest, callback: Callback) => Promise<void>;

const monitorSchema = z.custom<{
  newUrn(parent: string, type: string, name: string): string;
  registerResource: ResourceCall;
  readResource: ResourceCall;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): unknown },
    callback: Callback,
  ): Promise<void>;
}>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    ["newUrn", "registerResource", "readResource", "registerResourceOutputs"].every(
      (method) => typeof Reflect.get(value, method) === "function",
    ),
  "this release of the Pulumi SDK has another mock monitor than the local cloud knows",
);

const mocksModule = z.object({
  setMocks:
    fn<
      (m: Mocks, project: string, stack: string, preview: boolean, org: string) => Promise<void>
    >(),
});
const settingsModule = z.object({
  getMonitor: fn<() => unknown>(),
  disconnect: fn<() => Promise<void>>(),
});
const stackModule = z.object({
  runInPulumiStack: fn<(program: () => Promise<unknown>) => Promise<unknown>>(),
});
const debuggableModule = z.custom<{
  debuggablePromise<T>(promise: Promise<T>, context: unknown): Promise<T>;
}>((value) => fn().safeParse(Reflect.get(Object(value), "debuggablePromise")).success);
const rpcModule = z.object({
  deserializeProperties: fn<(properties: unknown) => Record<string, unknown>>(),
});
