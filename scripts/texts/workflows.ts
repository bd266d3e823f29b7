/** What the workflows of the pipeline must keep: pinned actions, least permissions, no long-lived keys. */
import { load } from "js-yaml";
import * as z from "zod";
import { stages } from "../../stacks/settings/stages.ts";

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const job = z.looseObject({
  permissions: permissions.optional(),
  environment: z.string().optional(),
  env: z.record(z.string(), z.unknown()).default({}),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({
  on: z.looseObject({ push: z.object({ branches: z.array(z.string()) }).nullish() }),
  permissions,
  jobs: z.record(z.string(), job),
});
type Workflow = z.infer<typeof workflow>;
type Job = z.infer<typeof job>;

const FOLDER = ".github/workflows/";
const PINNED = /^[\w.-]+\/[\w./-]+@[\da-f]{40} # v\d+(?:\.\d+){2}$/u;
const CREDENTIALS = "aws-actions/configure-aws-credentials@";

/** What is wrong with each workflow, as messages. */
export function workflowProblems(
  files: readonly string[],
  read: (file: string) => string,
): readonly string[] {
  return files
    .filter((file) => file.startsWith(FOLDER))
    .flatMap((file) => problemsOf(read(file)).map((problem) => `${file}: ${problem}`));
}

function problemsOf(text: string): readonly string[] {
  const parsed = workflow.safeParse(load(text));
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const jobs = Object.entries(parsed.data.jobs);
  return [
    ...textProblems(text),
    ...Object.entries(parsed.data.permissions)
      .filter(([, access]) => access === "write")
      .map(([name]) => `give ${name}: write to the job that needs it, not to every one`),
    ...jobs.flatMap(([name, each]) =>
      [...stepProblems(each), ...credentialProblems(each), ...stageProblems(each, parsed.data)].map(
        (problem) => `${name}: ${problem}`,
      ),
    ),
  ];
}

/** What the parsed YAML does not show, or what no part of it may have. */
function textProblems(text: string): readonly string[] {
  const used = [...text.matchAll(/^[ -]*uses: (.+)$/gmu)].map(([, name = ""]) => name);
  return [
    ...used
      .filter((name) => !name.startsWith("./") && !PINNED.test(name))
      .map((name) => `pin ${name} to a commit of 40 hex digits, with "# vX.Y.Z" after it`),
    ...(/\$\{\{[^}]*\bsecrets\b|\bsecrets: inherit\b/u.test(text)
      ? ["uses a secret: take credentials by OpenID Connect"]
      : []),
    ...(text.includes("aws-access-key-id") ? ["uses an access key: assume a role"] : []),
    ...(text.includes("pull_request_target")
      ? ["pull_request_target gives a stranger's code a token that may write"]
      : []),
  ];
}

function stepProblems({ steps }: Job): readonly string[] {
  return steps.flatMap(({ uses = "", run = "", with: inputs }) => [
    ...(run.includes("${{") ? ["a script takes values by env, since they could hold code"] : []),
    ...(uses.startsWith("actions/checkout@") && inputs["persist-credentials"] !== false
      ? ["actions/checkout needs persist-credentials: false"]
      : []),
  ]);
}

function credentialProblems({ permissions: given = {}, environment, steps }: Job) {
  const at = steps.findIndex(({ uses = "" }) => uses.startsWith(CREDENTIALS));
  const installed = steps.findLastIndex(({ run = "" }) => /\bnpm (?:ci|install)\b/u.test(run));
  return [
    ...(at >= 0 && installed > at ? ["installs packages after it has credentials"] : []),
    ...((at >= 0 || given["id-token"] === "write") && environment === undefined
      ? ["has credentials without an environment, which could ask for approval"]
      : []),
  ];
}

/** A job with an environment deploys the stage that has the branch's name. */
function stageProblems({ environment, env, steps }: Job, { on }: Workflow): readonly string[] {
  const branches = environment === undefined ? [] : (on.push?.branches ?? []);
  const written = steps.flatMap(({ run = "" }) => [...run.matchAll(/--stage ([\w-]+)/gu)]);
  const deploys = steps.some(({ run = "" }) => /npm run (?:-s )?deploy\b/u.test(run));
  return [
    ...[...branches, ...written.map(([, name = ""]) => name)]
      .filter((name) => name === "local" || !Object.hasOwn(stages, name))
      .map((name) => `"${name}" is no stage of stacks/settings/stages.ts`),
    ...(deploys && env["SST_TELEMETRY_DISABLED"] !== "1" ? ["set SST_TELEMETRY_DISABLED"] : []),
  ];
}
