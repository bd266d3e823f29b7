/** What the AWS CLI is refused, and by what words. */
import { appName } from "@secure-lambda/functions/contract";
import { expect, it } from "vitest";
import type { AwsCli } from "../support/aws-cli.ts";

/** Tests the refusals of a deployed app, one of them to a function of it. */
export function testRefusals(cli: () => AwsCli, functionName: string): void {
  it("names the operation that the local cloud does not have", async () => {
    const { code, stderr } = await cli().type("sns list-platform-applications");
    expect(code).not.toBe(0);
    expect(stderr).toContain("The local cloud does not support sns:ListPlatformApplications.");
  });

  it("holds a function to its role", async () => {
    const [identity, read] = await Promise.all([
      cli().type("sts get-caller-identity", [], functionName),
      cli().type(
        `logs filter-log-events --log-group-name /aws/lambda/${functionName}`,
        [],
        functionName,
      ),
    ]);
    expect(JSON.parse(identity.stdout)).toMatchObject({
      Arn: expect.stringMatching(
        new RegExp(`^arn:aws:sts::000000000000:assumed-role/.+/${appName}-local`),
      ),
    });
    expect(read.code).not.toBe(0);
    expect(read.stderr).toContain("AccessDeniedException");
    expect(read.stderr).toContain("logs:FilterLogEvents");
  });
}
