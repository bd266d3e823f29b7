/** What ended a command, in words that say what would be right. */
import { expect, it } from "vitest";
import { explain } from "../../src/cli/explain.ts";
import { PortTakenError } from "../../src/http/listen.ts";

const options = { awsPort: 4566 };

it.each([
  [65_535, "--port 0"],
  [4566, "--aws-port 0"],
])("offers a free port where %i is taken", (port, option) => {
  expect(explain(new PortTakenError(port, undefined), "npm start --", options)).toBe(
    `Port ${port} is taken by another program. Stop that program, or use a free port: npm start -- ${option}`,
  );
});

it("leaves every other message as it is", () => {
  expect(explain(new Error("No such app."), "npm start --", options)).toBe("No such app.");
});
