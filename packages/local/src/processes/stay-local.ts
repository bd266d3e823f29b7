/**
 * Keeps a Node process that runs an app's code in the local cloud, with its threads and the Node
 * processes that it starts: a TLS connection to a host name of AWS ends there, whatever configuration
 * chose it; any other connection to one, its look-up, and a connection to a metadata service is refused.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { isAwsHost } from "../aws-protocol/aws-hosts.ts";
import { keepChildren } from "./keep-children.ts";
import { refuseLookups } from "./refuse-lookups.ts";

const portName = "LOCAL_CLOUD_TLS_PORT";
const authorityName = "LOCAL_CLOUD_TLS_AUTHORITY";

/** The variables that tell a process where the local cloud is in AWS's place. */
export function stayLocalVariables(port: number, authorityFile: string) {
  return { [portName]: String(port), [authorityName]: authorityFile };
}

/** A process has tried to reach AWS other than over TLS, or a metadata service. */
export class LeavesLocalCloudError extends Error {
  override readonly name = "LeavesLocalCloudError";

  constructor(host: string) {
    super(`A process under the local cloud may not connect to ${host}.`);
  }
}

/** Several preloads of a process may call it. */
let isKept = false;

/**
 * Takes effect in this thread, if its environment, or the thread that started it, says where the local
 * cloud is.
 */
export function stayLocal(env: NodeJS.ProcessEnv = process.env): void {
  const [port, authorityFile] = [portName, authorityName].map(
    (name) => env[name] ?? getEnvironmentData(name),
  );
  if (isKept || typeof port !== "string" || typeof authorityFile !== "string") return;
  isKept = true;
  const variables = stayLocalVariables(Number(port), authorityFile);
  for (const [name, value] of Object.entries(variables)) {
    // The app sees the environment that it has on AWS.
    delete env[name];
    setEnvironmentData(name, value);
  }
  redirectTls(Number(port), authorityFile);
  refuseOthers();
  refuseLookups((host) => isAwsHost(host) && new LeavesLocalCloudError(host));
  keepChildren(env, variables);
  syncBuiltinESMExports();
}

function redirectTls(port: number, authorityFile: string): void {
  const { connect } = tls;
  const connectHere = (...args: unknown[]): unknown => {
    const options: Record<string, unknown> = Object.assign({}, ...args.filter(isOptions));
    // A connection through a proxy, or to an address that was looked up before, has only the second.
    const host = [hostOf(args), options["servername"]].find(isHostOfAws);
    if (host === undefined) return Reflect.apply(connect, tls, args);
    return Reflect.apply(connect, tls, [
      {
        servername: host,
        ...options,
        socket: undefined,
        path: undefined,
        host: "127.0.0.1",
        port,
        secureContext: undefined,
        ca: fs.readFileSync(authorityFile),
        rejectUnauthorized: true,
        // The authority has issued one certificate only: the local cloud's.
        checkServerIdentity: () => undefined,
      },
      ...args.filter((each) => typeof each === "function"),
    ]);
  };
  Object.assign(tls, { connect: connectHere });
}

function refuseOthers(): void {
  const connect: unknown = Reflect.get(net.Socket.prototype, "connect");
  if (typeof connect !== "function") throw new TypeError("net.Socket has no method connect.");
  const metadata = metadataServices();
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    const host = hostOf(args);
    const family = net.isIPv6(host) ? "ipv6" : "ipv4";
    if (isAwsHost(host) || (net.isIP(host) > 0 && metadata.check(host, family))) {
      return this.destroy(new LeavesLocalCloudError(host));
    }
    // For a name that leads there; Node compares the address that it found.
    if (!Reflect.get(this, "blockList")) Reflect.set(this, "blockList", metadata);
    return Reflect.apply(connect, this, args);
  };
}

/** Of instances and containers: link-local addresses (documented: SDKREF/feature-imds-credentials). */
function metadataServices(): net.BlockList {
  const addresses = new net.BlockList();
  addresses.addSubnet("169.254.0.0", 16, "ipv4");
  addresses.addSubnet("fd00:ec2::", 32, "ipv6");
  return addresses;
}

/** The host of a call of `connect`: of its options, which Node's own clients wrap, or after a port. */
function hostOf([first, second]: readonly unknown[]): string {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host = isOptions(options) ? options["host"] : second;
  return typeof host === "string" ? host : "localhost";
}

const isHostOfAws = (value: unknown): value is string =>
  typeof value === "string" && isAwsHost(value);

const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
