/** Log events as a test gives them to the terminal, and sees them there. */
import { type EventOptions, renderLogEvent } from "../../src/terminal/render.ts";

export const plain = (_style: string, text: string) => text;
export const at = new Date(2026, 10, 22, 9, 5, 7, 43).getTime();
export const PREFIX = "secure-lambda-local-";
export const SST_GROUP = "/aws/lambda/secure-lambda-local-InternalLambdaFunction-bcdfhkmn";

/** Without colors, for the rules of this app. */
export const options = {
  style: plain,
  prefix: PREFIX,
  countsNetworks: (rule: string) => rule === "CountNetworks",
};

/** Renders without color, and without the head when that is as it should be. */
export function render(
  message: string | object,
  group = SST_GROUP,
  stream = "s",
  more: Partial<EventOptions> = {},
): string | undefined {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const rendered = renderLogEvent(
    { group, stream, timestamp: at, message: text },
    { ...options, ...more },
  );
  return rendered?.replace(/^09:05:07\.043 InternalLambda {3}/, "");
}

export const application = (fields: object): object => ({
  timestamp: "2026-11-22T09:05:07.043Z",
  level: "INFO",
  requestId: "8f5…",
  ...fields,
});

export const reportOf = (record: object): object => ({
  time: "…",
  type: "platform.report",
  record,
});
