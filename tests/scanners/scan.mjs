/**
 * Scans the template in the file that it is called with: cdk-nag's packs, the rules of AWS Control Tower
 * by cfn-guard, and CloudFormation's own schemas. Prints one finding a line: scanner, rule, resource.
 */
import { CfnGuardValidator } from "@cdklabs/cdk-validator-cfnguard";
import { App, Stack, Validations } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import * as nag from "cdk-nag";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [templateFile = ""] = process.argv.slice(2);
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "scan-"));
try {
  const app = new App({ outdir, context: { "@aws-cdk/core:validationReportJson": true } });
  const { stack } = new CfnInclude(new Stack(app, "Stage"), "Template", { templateFile });
  Validations.of(stack.node.root).addPlugins(
    new CfnGuardValidator(),
    new nag.AwsSolutionsChecks(app),
    new nag.HIPAASecurityChecks(app),
    new nag.NIST80053R5Checks(app),
    new nag.PCIDSS321Checks(app),
    new nag.ServerlessChecks(app),
  );
  const report = path.join(outdir, "validation-report.json");
  try {
    app.synth();
  } catch (error) {
    // It throws where there are findings, after it has reported them.
    if (!fs.existsSync(report)) throw error;
  }
  const { pluginReports } = JSON.parse(fs.readFileSync(report, "utf8"));
  for (const { pluginName, violations } of pluginReports) {
    for (const { ruleName, violatingConstructs } of violations) {
      for (const { constructPath } of violatingConstructs) {
        // cfn-guard also names the template as a whole.
        if (constructPath === "" && violatingConstructs.length > 1) continue;
        process.stdout.write(
          `${[pluginName, ruleName, path.basename(constructPath)].join("\t")}\n`,
        );
      }
    }
  }
} finally {
  fs.rmSync(outdir, { recursive: true });
}
