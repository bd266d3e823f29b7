/** What commands say of a stage that the table of settings does not name. */
import { beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "@secure-lambda/local/command-line";
import {
  confirmUnnamed,
  howToDeploy,
  showNoteOnUnnamed,
} from "../../scripts/support/unnamed-stage.ts";
import { stages } from "../../stacks/settings/stages.ts";
import { recordTerminal } from "../../packages/local/test/support/terminal.ts";

function noteOn(stage: string): readonly string[] {
  const terminal = recordTerminal();
  showNoteOnUnnamed(terminal, stage);
  return terminal.lines;
}

const named = Object.keys(stages).join(", ");
const note = (stage: string) =>
  `${stage} is no named stage (${named}): it gets a developer stage's settings.`;

it.each(["prod", "local"])("a named stage needs no word: %s", (stage) => {
  expect(noteOn(stage)).toEqual([]);
});

it.each(["nosuch", "ada", "pr-12", "prod-eu", "toString"])(
  "a stage without settings of its own is said to have a developer's: %s",
  (stage) => {
    expect(noteOn(stage)).toEqual([note(stage)]);
  },
);

it.each(["porod", "pord", "prd", "proud", "rpod", "prodd", "prodeu"])(
  "a name close to prod is asked about: %s",
  (stage) => {
    expect(noteOn(stage)).toEqual([note(stage), "Did you mean prod?"]);
  },
);

it("a name close to another stage's is asked about", () => {
  expect(noteOn("locla")).toEqual([note("locla"), "Did you mean local?"]);
});

it("a long name is wrapped in 80 columns", () => {
  const lines = noteOn("production");
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

describe("before it is deployed", () => {
  const questions: string[] = [];
  beforeEach(() => void questions.splice(0));
  const answer = (consent: boolean) => (question: string) => {
    questions.push(question);
    return Promise.resolve(consent);
  };

  it("a stage that is named is not asked about", async () => {
    await confirmUnnamed("prod", answer(false));
    expect(questions).toEqual([]);
  });

  it("another is, and only consent goes on", async () => {
    await confirmUnnamed("ada", answer(true));
    expect(questions).toEqual(["Deploy ada to AWS?"]);
    await expect(confirmUnnamed("ada", answer(false))).rejects.toThrow("Nothing was deployed.");
  });

  it("where nobody can be asked it is refused", async () => {
    const refused = confirmUnnamed("ada", () => Promise.reject(new UsageError("no terminal")));
    await expect(refused).rejects.toThrow("no terminal");
  });
});

it("a stage that is not deployed is not to be deployed by a mistyped name", () => {
  expect(howToDeploy("porod", false)).toBe(
    "Did you mean prod? Deploy it first:\n  npm run deploy -- --stage porod",
  );
  expect(howToDeploy("ada", false)).toBe("Deploy it first:\n  npm run deploy -- --stage ada");
  expect(howToDeploy("local", true)).toBe('Is "npm start" ready?');
});
