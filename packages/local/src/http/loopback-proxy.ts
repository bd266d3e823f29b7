/** Keeps what this process says to this machine out of proxies. */

/**
 * Has `fetch` call 127.0.0.1 directly whatever proxy Node is told to use (`NODE_USE_ENV_PROXY`), which
 * would see tokens: Node reads `no_proxy` at each call (tried with 24.21).
 */
export function callLoopbackDirectly(env: NodeJS.ProcessEnv = process.env): void {
  // The first of these that is set is the one that counts.
  const exempted = env["no_proxy"] ?? env["NO_PROXY"];
  env["no_proxy"] = [exempted, "127.0.0.1"].filter(Boolean).join(",");
}
