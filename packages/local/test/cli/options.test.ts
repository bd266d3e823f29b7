/** The command line of the local cloud. */
import { describe, expect, it } from "vitest";
import { parseOptions, UsageError } from "../../src/cli/options.ts";

describe("parseOptions", () => {
  it("has a default for everything", () => {
    expect(parseOptions([])).toEqual({
      project: ".",
      stage: "local",
      port: 3000,
      awsPort: 4566,
      json: false,
      dev: false,
      watch: false,
      inspect: false,
    });
  });

  it("takes every option", () => {
    const args =
      "--port 0 --aws-port 4567 --json --stage dev1 --project app --watch --inspect".split(" ");
    expect(parseOptions(args)).toEqual({
      project: "app",
      stage: "dev1",
      port: 0,
      awsPort: 4567,
      json: true,
      dev: false,
      watch: true,
      inspect: true,
    });
  });

  it("answers nothing when help is asked for", () => {
    expect(parseOptions(["--help"])).toBeUndefined();
  });

  it.each([
    [["--port", "70000"], /--port "70000": expected 0 to 65535/],
    [["--port", "x"], /--port "x": expected a number/],
    [["--port="], /--port "": expected a number/],
    [["--aws-port", "1.5"], /--aws-port "1.5": expected a whole number/],
    [["--stage", "a/b"], /--stage "a\/b": expected letters/],
    [["--prot", "1"], /^Unknown option '--prot'\.$/],
    [["--port"], /argument missing\.$/],
    [["--port", "5000", "--aws-port", "5000"], /--port and --aws-port are both 5000/],
    [["--watch", "--dev"], /--watch and --dev do not go together/],
    [["extra"], /extra/],
  ])("refuses %j and says what is wrong", (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
    expect(() => parseOptions(args)).toThrow(UsageError);
  });
});
