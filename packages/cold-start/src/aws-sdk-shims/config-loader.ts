/**
 * The AWS SDK's settings as Lambda gives them: in the environment, and nowhere else.
 * `esbuild-plugins.mjs` puts this in place of the SDK's `configLoader.js`.
 */

/** Where the SDK looks for a setting, as its clients and middlewares say it. */
interface Selectors<T> {
  /** The setting in these variables, if they have it. It may throw for a wrong value. */
  readonly environmentVariableSelector: (
    env: Readonly<Record<string, string | undefined>>,
    options: Readonly<Record<string, unknown>>,
  ) => T | undefined;
  /** The default, or a function that returns it. */
  readonly default: T | (() => T | Promise<T>);
}

/**
 * A shim for the AWS SDK's `loadConfig`, which would look for files in the home directory next.
 * Lambda has none. The provider reads once; unlike the SDK's it
 * rejects when a variable holds a wrong value, where the SDK's takes the default.
 */
export function loadConfig<T>(
  { environmentVariableSelector: select, default: fallback }: Selectors<T>,
  options: Readonly<Record<string, unknown>> = {},
): () => Promise<T> {
  const read = async () =>
    select(process.env, options) ?? (isFactory(fallback) ? fallback() : fallback);
  let value: Promise<T> | undefined;
  return () => (value ??= read());
}

function isFactory<T>(value: T | (() => T | Promise<T>)): value is () => T | Promise<T> {
  return typeof value === "function";
}
