/** `npm run redrive -- --drop`, run as a process. */
import { describe, expect, it } from "vitest";
import { unwrapped } from "../../packages/local/test/support/command.ts";
import { envelope, record, setUp } from "../support/redrive-messages.ts";

describe.concurrent("with --drop", () => {
  it.concurrent(
    "discards dead letters of both kinds and invokes nothing; what is none stays",
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      const ids = [await cloud.put(envelope), await cloud.put(record())];
      const stranger = await cloud.put("hello");
      const { code, stdout, stderr } = await redrive("--drop", "--yes");
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      for (const id of ids) expect(stdout).toMatch(new RegExp(`^${id} `, "m"));
      expect(unwrapped(stdout)).toContain(
        `${stranger} was not discarded: it is not a dead letter of this stage. Discarded 2, left 1.`,
      );
      expect(stdout).not.toMatch(/Ada|Lovelace|Grace|Hopper/);
      expect(cloud.invocations).toEqual([]);
      expect(await cloud.remaining()).toEqual(["hello"]);
    },
  );

  it.concurrent("says what it has discarded, with exit code 0", async (context) => {
    const { cloud, redrive } = await setUp(context);
    await cloud.put(record());
    const stdout = expect.stringMatching(/\nDiscarded 1, left 0\.$/);
    await expect(redrive("--drop", "--yes")).resolves.toMatchObject({ code: 0, stdout });
    await expect(redrive("--drop", "--yes")).resolves.toMatchObject({
      code: 0,
      stdout: "The dead-letter queue is empty.",
    });
  });

  it.concurrent(
    "discards nothing without a terminal to ask on, nor in a dry run",
    async (context) => {
      const { cloud, redrive } = await setUp(context);
      await cloud.put(envelope);
      await expect(redrive("--drop")).resolves.toEqual({
        code: 2,
        stdout: "",
        stderr:
          "error: option '--yes' is required: there is no terminal to ask on.\nSee npm run redrive -- --help.",
      });
      for (const args of [["--dry-run"], ["--dry-run", "--yes"]]) {
        await expect(redrive("--drop", ...args)).resolves.toMatchObject({
          code: 0,
          stdout: expect.stringMatching(
            /not delivered from [^]*\nNothing was discarded: this was a dry/,
          ),
        });
      }
      expect(await cloud.remaining()).toHaveLength(1);
    },
  );
});
