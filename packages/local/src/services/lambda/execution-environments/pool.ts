/** The pool of execution environments of one version of a function. */
import type { Environment } from "./environment.ts";
import { exited } from "../invocations/failures.ts";
import type { Invocation, InvocationResult } from "../invocations/invocation.ts";

/** The environments of one version. */
export interface Pool {
  /** Runs the invocation in a warm environment or a new one; waits at the limit. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** Lets running invocations finish, then ends every environment. */
  retire(): Promise<void>;
  /** Kills every environment; resolves when no process is left. */
  kill(): Promise<void>;
}

/**
 * Creates a pool. `limit` bounds the processes of one function: AWS would start another environment,
 * here the invocation waits.
 */
export function createPool(start: () => Environment, limit: number): Pool {
  const environments = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: (() => void)[] = [];
  let state: "open" | "retired" | "killed" = "open";

  function launch(): Environment {
    const environment = start();
    environments.add(environment);
    void removeAtEnd(environment);
    return environment;
  }

  async function removeAtEnd(environment: Environment): Promise<void> {
    await environment.ended;
    environments.delete(environment);
    const index = idle.indexOf(environment);
    if (index >= 0) idle.splice(index, 1);
    waiting.shift()?.();
  }

  /** Undefined once the pool was killed. */
  async function acquire(): Promise<Environment | undefined> {
    for (;;) {
      if (state === "killed") return undefined;
      const warm = idle.pop();
      if (warm !== undefined) return warm;
      if (environments.size < limit) return launch();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      await promise;
    }
  }

  function release(environment: Environment): void {
    if (!environment.isOpen()) return;
    const next = waiting.shift();
    if (next === undefined && state !== "open") return environment.kill();
    idle.push(environment);
    next?.();
  }

  async function allEnded(): Promise<void> {
    await Promise.all([...environments].map((environment) => environment.ended));
  }

  async function invoke(invocation: Invocation): Promise<InvocationResult> {
    for (;;) {
      const environment = await acquire();
      if (environment === undefined) {
        return exited("exit", invocation.requestId, { code: null, signal: "SIGKILL" });
      }
      const result = await environment.invoke(invocation);
      if (result === undefined) continue;
      release(environment);
      return result;
    }
  }

  async function retire(): Promise<void> {
    if (state === "open") state = "retired";
    for (const environment of idle.splice(0)) environment.kill();
    while (environments.size > 0) await allEnded();
  }

  async function kill(): Promise<void> {
    state = "killed";
    for (const environment of environments) environment.kill();
    for (const wake of waiting.splice(0)) wake();
    await allEnded();
  }

  return { invoke, retire, kill };
}
