/** The environment of `sst dev`, beyond that of every run of the SST CLI. */
import path from "node:path";
import { fileURLToPath } from "node:url";

interface DevEnvironment {
  /** PEM file of the certificate authority of the events endpoint. */
  readonly authorityFile: string;
  /** Whether workers let a debugger attach. */
  readonly inspect: boolean;
}

/** `env`, the SST CLI's, for `sst dev`. */
export function devEnvironment(
  env: NodeJS.ProcessEnv,
  { authorityFile, inspect }: DevEnvironment,
): NodeJS.ProcessEnv {
  const preloads = ["end-with-cli.ts", ...(inspect ? ["open-inspector.ts"] : [])];
  // In quotes, since a path can have spaces; threads that start with a text load no imports.
  const required = preloads.map(
    (file) =>
      `--require=${JSON.stringify(fileURLToPath(new URL(`in-worker/${file}`, import.meta.url)))}`,
  );
  return {
    ...env,
    // The CLI starts its workers with the first `node` on the PATH: this process's own.
    PATH: [path.dirname(process.execPath), env["PATH"]].join(path.delimiter),
    // The CLI passes only these of its own environment to its workers.
    NODE_OPTIONS: [env["NODE_OPTIONS"], ...required].filter(Boolean).join(" "),
    // Go reads it on Linux; on macOS it asks the keychain (docs/dev.md).
    SSL_CERT_FILE: authorityFile,
    // The CLI would connect to the events endpoint through a proxy, even on this machine.
    NO_PROXY: "*",
    no_proxy: "*",
  };
}
