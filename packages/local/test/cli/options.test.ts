/** The command line of the local cloud. */
import { describe, expect, it } from "vitest";
import { createLocalCloudCommand, findConflict } from "../../src/cli/options.ts";

/** The options that arguments set, and what is said of wrong ones. */
function parse(args: readonly string[]) {
  let said = "";
  const command = createLocalCloudCommand({ name: "npm start --" });
  command.configureOutput({
    writeOut: (text) => (said += text),
    writeErr: (text) => (said += text),
  });
  try {
    command.parse(args, { from: "user" });
  } catch {
    return { said };
  }
  return { said, options: command.opts() };
}

describe("the local cloud's options", () => {
  it("have a default for everything; flags are off", () => {
    expect(parse([])).toEqual({
      said: "",
      options: { project: ".", stage: "local", port: 3000, awsPort: 4566, speed: 20 },
    });
  });

  it("can all be set", () => {
    const args =
      "--port 0 --aws-port 4567 --json --speed 0.5 --stage dev1 --project app --watch --inspect".split(
        " ",
      );
    expect(parse(args).options).toEqual({
      project: "app",
      stage: "dev1",
      port: 0,
      speed: 0.5,
      awsPort: 4567,
      json: true,
      watch: true,
      inspect: true,
    });
  });

  it("are listed by the help, in 80 columns", () => {
    const { said, options } = parse(["--help"]);
    expect(options).toBeUndefined();
    expect(said).toMatch(/^Usage: npm start -- /);
    const listed = said.match(/(?<=^ {2}(?:-h, )?)--[\w-]+/gm);
    expect(listed?.join(" ")).toBe(
      "--port --aws-port --json --dev --watch --inspect --speed --open --verbose --stage --project --help",
    );
    expect(Math.max(...said.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it("leave out of the help what a command that always runs sst dev implies or rejects", () => {
    const help = createLocalCloudCommand({ name: "local-dev", alwaysDev: true }).helpInformation();
    expect(help).toContain("--inspect");
    expect(help).not.toMatch(/--dev|--watch/);
  });

  it.each([
    [["--port", "70000"], /'--port <n>' argument '70000' is invalid\. Expected 0 to 65535\./],
    [["--port=-5"], /'--port <n>' argument '-5' is invalid\. Expected 0 to 65535\./],
    [["--port", "x"], /'--port <n>' argument 'x' is invalid\. Expected a number\./],
    [["--port="], /'--port <n>' argument '' is invalid\. Expected a number\./],
    [
      ["--aws-port", "1.5"],
      /'--aws-port <n>' argument '1\.5' is invalid\. Expected a whole\nnumber\./,
    ],
    [["--stage", "a/b"], /'--stage <name>' argument 'a\/b' is invalid\. Expected letters/],
    [["--speed", "0"], /'--speed <n>' argument '0' is invalid\. Expected 0\.01 to 600\./],
    [["--speed=-1"], /'--speed <n>' argument '-1' is invalid\. Expected 0\.01 to 600\./],
    [["--speed", "fast"], /'--speed <n>' argument 'fast' is invalid\. Expected a number\./],
    [["--speed", "601"], /'--speed <n>' argument '601' is invalid\. Expected 0\.01 to 600\./],
    [["--prot", "1"], /unknown option '--prot'\. Did you mean --port\?/],
    [["--port"], /option '--port <n>' argument missing\./],
    [["extra"], /too many arguments\. Expected 0 arguments but got 1: extra\./],
  ])("reject %j, say what is wrong and name the help", (args, message) => {
    const { said, options } = parse(args);
    expect(options).toBeUndefined();
    expect(said).toMatch(message);
    expect(said).toContain("See npm start -- --help.");
  });

  const valid = { project: ".", stage: "local", port: 3000, awsPort: 4566, speed: 20 };

  it.each([
    [{ ...valid, port: 5000, awsPort: 5000 }, /'--port' and '--aws-port' are both 5000/],
    [
      { ...valid, watch: true, dev: true } as const,
      /'--watch' cannot be used with sst dev, which watches/,
    ],
  ])("conflict in %j", (options, message) => {
    expect(findConflict(options)).toMatch(message);
  });

  it.each([valid, { ...valid, port: 0, awsPort: 0 }, { ...valid, watch: true } as const])(
    "do not conflict in %j",
    (options) => {
      expect(findConflict(options)).toBeUndefined();
    },
  );
});
