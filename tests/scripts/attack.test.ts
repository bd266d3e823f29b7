/** What `npm run attack` says of a report. */
import { expect, it } from "vitest";
import { type AttackReport, rowsOf } from "../../scripts/attack/report.ts";

const refused = {
  target: "POST /lambda1",
  status: 401,
  layer: "authorizer",
  reason: "there is no token in Authorization",
  expected: "refused by the authorizer",
  facts: { counted: "CountNetworks" },
};
const counted = {
  ...refused,
  expected: "counted by the firewall's rule Log4JRCE_HEADER, then served or refused",
  facts: { counted: "CountNetworks, Log4JRCE_HEADER" },
};
const served = { ...counted, status: 200, layer: "function", reason: undefined };
const report: AttackReport = {
  defended: 3,
  failed: 1,
  notApplicable: 1,
  attacks: [
    { title: "No token", outcome: "defended", attempts: [refused, refused] },
    { title: "Log4Shell", outcome: "defended", attempts: [counted] },
    { title: "Script", outcome: "defended", attempts: [served] },
    {
      title: "Expired token",
      outcome: "failed",
      attempts: [
        refused,
        { ...refused, target: "POST /lambda2", problem: "was let in: 200 by External" },
      ],
    },
    { title: "Flood", outcome: "not-applicable", reason: "no throttle", attempts: [] },
  ],
};

it("names the layer that refused or counted, the route that let one in, and why one is not applicable", () => {
  expect(rowsOf(report)).toEqual([
    ["✓", "No token", "401 authorizer: there is no token in Authorization"],
    [
      "✓",
      "Log4Shell",
      "401 authorizer: there is no token in Authorization; counted by the firewall's rule Log4JRCE_HEADER",
    ],
    ["✓", "Script", "200 function: counted by the firewall's rule Log4JRCE_HEADER"],
    ["✗", "Expired token", "POST /lambda2 was let in: 200 by External"],
    ["–", "Flood", "not applicable: no throttle"],
    ["✗", "All", "3 defended, 1 failed, 1 not applicable"],
  ]);
});
