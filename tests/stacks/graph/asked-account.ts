/** What an account is asked about a stage that sends mail by SES and notifies an address, and has deployed nothing. */
import { expect, it } from "vitest";
import { failure } from "../../support/account-stub.ts";
import { askStub } from "../../support/ask-account.ts";
import type { Graph } from "../../support/graph.ts";

export function testAskedAccount(stage: string, graph: () => Graph): void {
  it("is refused while SES does not have its sender, and whom alarms notify is said", async () => {
    const { resources } = graph();
    const answers = {
      "ses:GetEmailIdentity": failure(404, "NotFoundException"),
      "ses:GetAccount": failure(403, "AccessDeniedException", "No"),
    };
    const { refusals, remarks, calls } = await askStub({ stage, graph: resources, answers });
    expect(refusals).toEqual([
      expect.stringContaining("SES has no identity example.com in us-east-1."),
    ]);
    expect(remarks).toEqual([
      "Not known: whether SES sends mails to every user. Your credentials do not allow this.",
      expect.stringContaining("SNS will mail a link"),
    ]);
    expect(calls.filter((call) => call === "ses:GetEmailIdentity")).toHaveLength(1);
  });
}
