/** The command line of operators' commands, run as processes: what needs npm, a terminal or a look at stages. */
import { afterAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { run } from "../../packages/local/test/support/command.ts";
import { appFiles, copyApp, copyParts } from "../support/app-copy.ts";

/** `npm run NAME`, without npm. */
const script = (name: string, args: string) => {
  const line = new Map(Object.entries(manifest.scripts)).get(name) ?? "";
  return run(["sh", "-c", `${line} ${args}`]);
};

it.concurrent.each([
  ["start", "npm start --"],
  ["dev:local", "npm run dev:local --"],
  ["platform", "npm run platform --"],
])("npm run %s runs it as a process: 0 for its help, 2 for a wrong call", async (name, usage) => {
  const help = await script(name, "--help");
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout.startsWith(`Usage: ${usage} [options]\n`)).toBe(true);
  const wrong = await script(name, "--hepl");
  expect(wrong).toEqual({
    code: 2,
    stdout: "",
    stderr: `error: unknown option '--hepl'. Did you mean --help?\nSee ${usage} --help.`,
  });
});

it("npm run dev:local rejects --watch, which its help does not list", async () => {
  const wrong = await script("dev:local", "--watch");
  expect(wrong).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "error: option '--watch' cannot be used with sst dev, which watches the sources\nby itself.\nSee npm run dev:local -- --help.",
  });
  expect((await script("dev:local", "--help")).stdout).not.toMatch(/--dev|--watch/);
});

it("npm run attack names no --stage, which it has not, where no local cloud runs", async () => {
  const copy = copyApp({ platform: false });
  const { code, stderr } = await run(["node", "scripts/attack.ts"], { cwd: copy.folder });
  copy.remove();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'No local cloud is running in this folder. Start one with "npm start" in another\nterminal.',
  });
});

describe("with a wrong setting of another stage", () => {
  const copy = copyParts({
    copied: [...appFiles, "scripts"],
    linked: ["node_modules", "packages"],
    platform: false,
  });
  copy.replace("stacks/settings/stages.ts", 'alarmEmail: "none"', 'alarmEmail: "oncall"');
  afterAll(() => copy.remove());

  it.each(["start", "dev-local"])(
    "%s says which, without a stack, and shows its help",
    async (name) => {
      const command = (...args: string[]) =>
        run(["node", `scripts/${name}.ts`, ...args], { cwd: copy.folder });
      await expect(command()).resolves.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^\nThe settings of stage "prod" are wrong:\n✖ [^\n]+\n {2}→ at alarmEmail$/,
        ),
      });
      await expect(command("--help")).resolves.toMatchObject({ code: 0, stderr: "" });
    },
  );
});

const ada = "ada@example.com";

it("npm start with a stage that is no option's value does not start the default one", async () => {
  const { code, stderr } = await script("start", "prod");
  expect(code).toBe(2);
  expect(stderr).toContain("\nDid you mean npm start -- --stage prod?\n");
});

describe.concurrent(
  "a call that turns out to be wrong only while it runs ends like any other wrong call",
  () => {
    it.each<[string, string, string]>([
      ["token", `${ada} --stage local`, "npm run -s token --"],
      ["user", `create ${ada} --pool 1 --stage local`, "npm run user -- create"],
      ["user", `delete ${ada} --pool 1 --stage local`, "npm run user -- delete"],
      ["e2e", "--stage local", "npm run e2e --"],
      ["redrive", "--stage local --dry-run", "npm run redrive --"],
    ])("%s %s", async (name, args, usage) => {
      expect(await script(name, args)).toEqual({
        code: 2,
        stdout: "",
        stderr: `error: option '--stage <name>' argument 'local' is invalid. It is the stage of
the local cloud and does not exist on AWS: leave out --stage to use the local
cloud that runs in this folder.
See ${usage} --help.`,
      });
    });

    it("deploy of a stage without settings of its own, with no terminal to ask on", async () => {
      // Should it deploy all the same, SST would have no AWS to reach.
      const env = { ...process.env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
      const { code, stdout, stderr } = await run(["node", "scripts/deploy.ts", "--stage=porod"], {
        env,
      });
      expect({ code, stdout }).toEqual({
        code: 2,
        stdout: expect.stringMatching(/^porod is no named stage .*\nDid you mean prod\?$/s),
      });
      expect(stderr).toBe(
        "error: option '--yes' is required: there is no terminal to ask on.\nSee npm run deploy -- --help.",
      );
    });
  },
);

it.concurrent.each([
  ["redrive --dry-run", "--dry-run", "npm run redrive -- --dry-run"],
  ["rehearse --stage prod", "--stage", "npm run rehearse -- --stage <name>"],
  ["token user1@example.com --password=any", "--password", "npm run -s token -- --password"],
])("npm run %s does nothing: npm took the option", async (line, option, written) => {
  const { code, stderr } = await run(["npm", "run", ...line.split(" ")]);
  expect(code).toBe(2);
  expect(stderr.replaceAll("\n", " ")).toContain(
    `error: npm took ${option} for itself: write ${written}`,
  );
});
