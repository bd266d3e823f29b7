/** Postpones loading modules that others load and hardly ever call. */
import { Module } from "node:module";

/** Has a CommonJS module loaded when one of its functions, which are all that is used of it, is called. */
export function postpone(require: NodeJS.Require, id: string, functions: readonly string[]): void {
  const file = require.resolve(id);
  const load = (): unknown => {
    if (require.cache[file] === stub) delete require.cache[file];
    return require(file);
  };
  const stub = new Module(file);
  stub.loaded = true;
  stub.exports = Object.fromEntries(
    functions.map((name) => [
      name,
      (...args: unknown[]): unknown => {
        const module = Object(load());
        return Reflect.apply(Reflect.get(module, name), module, args);
      },
    ]),
  );
  require.cache[file] = stub;
}
