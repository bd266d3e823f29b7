/** Refuses look-ups of host names, by every function of `node:dns` that makes one. */
import dns from "node:dns";

/** The error for a host, or false for a host that may be looked up. */
type Refusal = (host: string) => Error | false;

/** Takes effect in this thread. */
export function refuseLookups(refusal: Refusal): void {
  for (const target of [dns, dns.Resolver.prototype]) {
    replaceLookups(target, refusal, (error, args) => {
      const callback = args.at(-1);
      if (typeof callback !== "function") throw error;
      process.nextTick(callback, error);
    });
  }
  for (const target of [dns.promises, dns.promises.Resolver.prototype]) {
    replaceLookups(target, refusal, reject);
  }
}

async function reject(error: Error): Promise<never> {
  throw error;
}

function replaceLookups(
  target: object,
  refusal: Refusal,
  refuse: (error: Error, args: readonly unknown[]) => unknown,
): void {
  for (const name of Object.getOwnPropertyNames(target)) {
    const lookup: unknown = Reflect.get(target, name);
    if (!/^(?:lookup|resolve\w*)$/.test(name) || typeof lookup !== "function") continue;
    const checked = function (this: unknown, ...args: unknown[]): unknown {
      const [host] = args;
      const error = typeof host === "string" && refusal(host);
      return error ? refuse(error, args) : Reflect.apply(lookup, this, args);
    };
    // Among them is how `util.promisify` names the results.
    Object.defineProperties(checked, Object.getOwnPropertyDescriptors(lookup));
    Reflect.set(target, name, checked);
  }
}
