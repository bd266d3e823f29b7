/** Settings of stages. */
import { describe, expect, it } from "vitest";
import { settingsFor } from "../../stacks/settings.ts";

describe("settingsFor", () => {
  it.each(["prod", "local", "dev", "ada"])("limits every method of stage %s", (stage) => {
    expect(settingsFor(stage).throttle).toEqual({ rateLimit: 50, burstLimit: 100 });
  });

  it("counts this machine's requests on stage local, and nobody's elsewhere", () => {
    expect(settingsFor("local").countedNetworks).toEqual(["127.0.0.1/32"]);
    expect(settingsFor("prod").countedNetworks).toEqual([]);
  });

  it("takes a stage named like a property of every object for a personal one", () => {
    expect(settingsFor("constructor")).toEqual(settingsFor("ada"));
  });
});
