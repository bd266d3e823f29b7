/** This app on a local cloud, with a user in each pool and requests to paste. */
import {
  routeRows,
  routes,
  type UserPool as PoolNumber,
  userPools,
} from "@secure-lambda/functions/contract";
import { runLocalCloud, type LocalCloud, type RunArgs } from "@secure-lambda/local";
import { defaultPorts, type Terminal } from "@secure-lambda/local/command-line";
import { authorizerName } from "../../stacks/settings/names.ts";
import { settingsFor } from "../../stacks/settings/settings.ts";
import { curlLine, exampleRequest, requestExamples } from "./example-request.ts";
import { stageSchema } from "./stage.ts";
import { alignColumns } from "./table.ts";
import { commandLine } from "./next.ts";
import { findTarget } from "./target.ts";
import { showNoteOnUnnamed } from "./unnamed-stage.ts";
import { checkStackTypes } from "./type-check.ts";
import { registerAuthenticator } from "./totp.ts";
import { servedAs } from "./served-as.ts";
import { findUserPool } from "./user-pools.ts";
import { createUser, localPassword } from "./users.ts";

const regionOf = (stage: string) => settingsFor(stage).region;

/** Runs it until it is interrupted. */
export function runLocalApp(
  texts: Pick<RunArgs, "name" | "description" | "alwaysDev" | "describeApi">,
): Promise<void> {
  const args = process.argv.slice(2);
  return runLocalCloud({
    ...texts,
    args,
    stageSchema,
    regionOf,
    deadLetterHelp: (awsUrl) =>
      `To list it: ${commandLine("npm run redrive", ["--dry-run", ...ofCloud(awsUrl)])}`,
    servedAs,
    examples: requestExamples,
    check: checkStackTypes,
    prepare,
  });
}

async function prepare(
  cloud: LocalCloud,
  stage: string,
  terminal: Terminal,
): Promise<readonly string[]> {
  const secrets = await createLocalUsers(cloud, stage);
  showNoteOnUnnamed(terminal, stage);
  return [
    "",
    ...alignColumns(
      routeRows.map(({ method, path, userPool }) => [
        `  ${method} ${cloud.urls.api}${path} `,
        terminal.style("dim", `user${userPool}@example.com, ${authorizerName(userPool)}`),
      ]),
    ),
    "",
    ...requestsToTry(stage, cloud.urls, secrets),
    "",
  ];
}

/** The secrets of the local users' authenticators, by the number of the pool; empty where none is required. */
type Secrets = Readonly<Partial<Record<PoolNumber, string>>>;

/** The option by which a command finds this cloud; none where it listens on the default port. */
function ofCloud(awsUrl: string): readonly string[] {
  const port = Number(new URL(awsUrl).port);
  return port === defaultPorts.aws ? [] : [`--aws-port ${port}`];
}

/** What to paste into a second terminal: requests that a stage's settings allow on a local cloud. */
export function requestsToTry(
  stage: string,
  urls: Pick<LocalCloud["urls"], "api" | "aws">,
  secrets: Secrets,
): readonly string[] {
  const { userPool } = routes.lambda1;
  const request = exampleRequest(urls.api, routes.lambda1);
  const secret = secrets[userPool];
  const signIn = commandLine("npm run -s token", [
    `user${userPool}@example.com`,
    ...ofCloud(urls.aws),
    ...(secret === undefined ? [] : [`--totp ${secret}`]),
  ]);
  return [
    ...authenticatorLines(stage, secrets),
    "  Try it in a second terminal:",
    "",
    `  TOKEN=$(${signIn})`,
    `  ${curlLine(request)}`,
    "",
    "  Attack it, and see which layer refuses each attempt, and why:",
    "",
    `  ${commandLine("npm run attack", ofCloud(urls.aws))}`,
    ...webPageLines(stage, urls.aws),
    ...blockedRequestLines(stage, request.url),
  ];
}

/** The only place where the secrets are shown; there are none where no authenticator is required. */
function authenticatorLines(stage: string, secrets: Secrets): readonly string[] {
  const lines = userPools
    .filter((number) => secrets[number] !== undefined)
    .map((number) => `    user${number}@example.com   ${secrets[number]}`);
  if (lines.length === 0) return [];
  const title = `  Stage "${stage}" requires one-time passwords. The users' authenticators, for this local cloud only:`;
  return [title, ...lines, ""];
}

function webPageLines(stage: string, awsUrl: string): readonly string[] {
  const { corsOrigin } = settingsFor(stage);
  if (!corsOrigin?.startsWith("http://localhost")) return [];
  return [
    "",
    `  Sign in on a web page, at ${corsOrigin}:`,
    "",
    `  ${commandLine("npm run web", ofCloud(awsUrl))}`,
  ];
}

function blockedRequestLines(stage: string, url: string): readonly string[] {
  if (settingsFor(stage).firewall.mode !== "block") return [];
  const request = `curl ${url} -H 'X-Test: \${jndi:ldap://x}' -d '{}'`;
  return ["", "  Try what the firewall blocks:", "", `  ${request}`];
}

/** One user in each pool: user1@example.com in pool 1, and so on; with an authenticator where the stage requires one. */
async function createLocalUsers(cloud: LocalCloud, stage: string): Promise<Secrets> {
  const target = await findTarget({ stage, awsPort: new URL(cloud.urls.aws).port });
  const requiresCodes = settingsFor(stage).mfa === "required";
  const create = async (number: PoolNumber) => {
    const user = { email: `user${number}@example.com`, password: localPassword };
    const pool = await findUserPool(target, number);
    await createUser(target, pool, user);
    return requiresCodes
      ? [[number, await registerAuthenticator(target, pool, user)] as const]
      : [];
  };
  const secrets = await Promise.all(userPools.map(create));
  return Object.fromEntries(secrets.flat());
}
