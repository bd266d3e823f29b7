/** Stage `prod` on a local cloud whose minutes a test moves by hand, and what its alarms say. */
import { startLocalCloud, type LocalCloud } from "@secure-lambda/local";
import * as z from "zod";
import { createHandMovedMinutes } from "../../packages/local/test/support/hand-moved-minutes.ts";
import { shortWait } from "../../packages/local/test/support/short-waits.ts";
import { namesOf } from "../../stacks/settings/names.ts";
import { copyApp } from "./app-copy.ts";
import { openConsoleApi } from "./console-api.ts";
import { openApp, type App } from "./deployed-app.ts";

/** The address that is notified. */
export const alarmEmail = "team@example.com";

/** A deployed stage with alarms. */
export interface AlarmedApp extends App {
  readonly cloud: LocalCloud;
  /** Lets minutes pass, at whose ends alarms are evaluated. */
  pass(minutes?: number): void;
  /** The alarms in a state, by their names in the stage. */
  alarmsIn(state: string): Promise<string[]>;
  /** The mails to the address, the newest first. */
  mails(): Promise<z.infer<typeof mails>>;
  stop(): Promise<void>;
}

const mails = z.array(
  z.object({ to: z.string(), subject: z.string(), text: z.string(), link: z.url().optional() }),
);
const alarmsSchema = z.object({
  alarms: z.array(z.object({ name: z.string(), state: z.string() })),
});

/**
 * An alarm on the errors of a function that is not there: its dimension has the function's name in the
 * app where CloudWatch has the whole one.
 */
const alarmWithWrongDimension = `
new aws.cloudwatch.MetricAlarm("WrongDimension", {
  name: \`\${$app.name}-\${$app.stage}-WrongDimension\`,
  namespace: "AWS/Lambda",
  metricName: "Errors",
  dimensions: { FunctionName: "ExternalLambda" },
  statistic: "Sum",
  period: 300,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  treatMissingData: "notBreaching",
});
`;

const json = async (url: string) => (await fetch(url)).json();

/** Short, as a function that hangs is ended only by it. */
const timeoutSeconds = 2;

/**
 * Deploys `prod` with an address that is notified, and so that a request or two are enough for each
 * alarm: one function at a time, a short timeout, sign-in without a second factor.
 */
export async function deployAlarmedApp(): Promise<AlarmedApp> {
  const stage = "prod";
  let time = Date.now();
  const clock = {
    now: () => time,
    advance(milliseconds: number) {
      time += milliseconds;
    },
  };
  const minutes = createHandMovedMinutes(clock);
  const copy = copyApp({ platform: true });
  const cloud = await startLocalCloud({
    project: copy.folder,
    time: { now: clock.now, minutes, wait: shortWait },
  });
  const stop = async () => {
    await cloud.stop();
    copy.remove();
  };
  try {
    const settings = "stacks/settings/stages.ts";
    copy.replace(settings, 'mfa: "required"', 'mfa: "off"');
    copy.replace(settings, 'alarmEmail: "none"', `alarmEmail: "${alarmEmail}"`);
    copy.replace(settings, "perRoute: 100, internalLambda: 10", "perRoute: 1, internalLambda: 1");
    const timeout = "LAMBDA_TIMEOUT_SECONDS = 10";
    copy.replace(
      "stacks/functions/lambda-defaults.ts",
      timeout,
      timeout.replace("10", `${timeoutSeconds}`),
    );
    copy.append("stacks/observability/alarms.ts", alarmWithWrongDimension);
    await cloud.deploy({ stage });
  } catch (error) {
    await stop();
    throw error;
  }
  const { urls, logs } = cloud;
  const app = openApp({ stage, urls, logs });
  const prefix = namesOf(stage).resource("");
  const callConsole = await openConsoleApi(urls.aws);
  const mailed = async () => mails.parse(await json(`${urls.mailbox}/mails.json`));
  return {
    ...app,
    cloud,
    pass: (count) => minutes.pass(count),
    async alarmsIn(state) {
      const { alarms } = alarmsSchema.parse(await callConsole("GET", "/alarms"));
      const found = alarms.filter((alarm) => alarm.state === state);
      return found.map(({ name }) => name.slice(prefix.length)).toSorted();
    },
    mails: async () => (await mailed()).filter(({ to }) => to === alarmEmail),
    async stop() {
      app.close();
      await stop();
    },
  };
}
