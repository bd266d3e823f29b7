/** The messages that requests have sent to a function, which handles them after their responses. */
import type { LocalCloud } from "@secure-lambda/local";

type Requests = LocalCloud["requests"];
type Step = Parameters<Parameters<Requests["subscribe"]>[0]>[0]["steps"][number];

const isSent = ({ layer, outcome, facts }: Step) =>
  layer === "delivery" && outcome === "passed" && facts?.["protocol"] === "lambda";

/** Follows the messages of every request from now on; what it gives resolves once none is under way. */
export function watchMessages(requests: Requests, functionName: string): () => Promise<void> {
  const isHandled = ({ layer, outcome, name }: Step) =>
    layer === "dead-letter" ||
    (layer === "function" && outcome === "passed" && name === functionName);
  const unhandled = new Set<string>();
  const { promise: noneLeft, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  const check = () => {
    if (isAsked && unhandled.size === 0) resolve();
  };
  const unsubscribe = requests.subscribe(({ id, steps }) => {
    if (steps.filter(isHandled).length < steps.filter(isSent).length) unhandled.add(id);
    else unhandled.delete(id);
    check();
  });
  return async () => {
    isAsked = true;
    check();
    await noneLeft;
    unsubscribe();
  };
}
