/**
 * What a stage's graph breaks, as SARIF 2.1.0 for code scanning (documented:
 * docs.oasis-open.org/sarif/sarif/v2.1.0; GitHub's "SARIF support for code scanning").
 */
import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor } from "sarif";
import { controls } from "../../../stacks/policy/controls/index.ts";
import { ruleNames, type Violation } from "../../../stacks/policy/index.ts";

/** The graph does not say which line declares a resource: each result points to the program. */
const SOURCE = "sst.config.ts";

/** A log of one run: every rule, with the controls that it holds, and a result for each violation. */
export function sarifLog(stage: string, violations: readonly Violation[]): Log {
  const rules = [...ruleNames.always, ...ruleNames.protected];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "stacks/policy", rules: rules.map(describeRule) } },
        automationDetails: { id: `stacks/policy/${stage}` },
        results: violations.map(({ rule, resource, message }) => ({
          ruleId: rule,
          ruleIndex: rules.findIndex((known) => known === rule),
          level: "error",
          message: { text: `${resource} ${message}` },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: SOURCE }, region: { startLine: 1 } },
              logicalLocations: [{ fullyQualifiedName: resource, kind: "resource" }],
            },
          ],
          partialFingerprints: { primaryLocationLineHash: hashOf(rule, resource, message) },
        })),
      },
    ],
  };
}

function describeRule(rule: string): ReportingDescriptor {
  const held = controls.filter((control) => Object.hasOwn(control.held ?? {}, rule));
  const names = held.map(({ number, control }) => `${number} ${control}`);
  const text = rule.replaceAll("-", " ");
  return {
    id: rule,
    shortDescription: { text },
    help: { text: names.length === 0 ? text : `Holds these controls: ${names.join("; ")}.` },
    defaultConfiguration: { level: "error" },
    properties: { tags: ["security", ...held.map(({ number }) => `control-${number}`)] },
  };
}

/** By it, a result of one run is that of another, although all have the same line. */
const hashOf = (...parts: readonly string[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");
