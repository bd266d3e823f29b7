/** Which requests the firewall logs. */
import { describe, expect, it } from "vitest";
import { countAll, group, serve } from "./logged-requests.ts";
import { ask } from "./web-acls.ts";

const filter = (defaultBehavior: string, ...filters: object[]) => ({
  loggingFilter: { defaultBehavior, filters },
});
const action = (name: string) => ({ actionCondition: { action: name } });
const label = {
  labelNameCondition: { labelName: "awswaf:managed:aws:core-rule-set:NoUserAgent_Header" },
};
const keep = (requirement: string, ...conditions: object[]) => ({
  behavior: "KEEP",
  requirement,
  conditions,
});

describe("the logging filter", () => {
  it.each<[string, object, boolean[]]>([
    ["what is blocked", filter("DROP", keep("MEETS_ANY", action("BLOCK"))), [true, false]],
    ["what is counted", filter("DROP", keep("MEETS_ANY", action("COUNT"))), [false, true]],
    ["what has a label", filter("DROP", keep("MEETS_ANY", label)), [true, false]],
    [
      "what meets all",
      filter("DROP", keep("MEETS_ALL", action("COUNT"), action("ALLOW"))),
      [false, true],
    ],
    [
      "nothing that meets but a part of all",
      filter("DROP", keep("MEETS_ALL", label, action("ALLOW"))),
      [false, false],
    ],
    [
      "what none drops",
      filter("KEEP", { ...keep("MEETS_ANY", action("ALLOW")), behavior: "DROP" }),
      [true, false],
    ],
    [
      "by the first filter that is met",
      filter("KEEP", keep("MEETS_ANY", label), {
        ...keep("MEETS_ANY", action("BLOCK"), action("ALLOW")),
        behavior: "DROP",
      }),
      [true, false],
    ],
  ])("keeps %s", (_, settings, expected) => {
    const logged = [{ headers: [] }, {}].map((request) => {
      const { waf, events } = serve([group({}), countAll], settings);
      ask(waf, request);
      return events.length === 1;
    });
    expect(logged).toEqual(expected);
  });
});
