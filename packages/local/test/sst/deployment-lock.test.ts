/** One deployment at a time in a folder. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLocalCloud, type LocalCloud } from "../../src/local-cloud.ts";
import { deploy } from "../../src/cli/deploy.ts";
import { withDeploymentLock } from "../../src/sst/deployment-lock.ts";
import { start } from "../support/command.ts";
import { recordTerminal } from "../support/terminal.ts";
import { createStubApp, type StubApp } from "../support/stub-app.ts";

const module = fileURLToPath(new URL("../../src/sst/deployment-lock.ts", import.meta.url));

const waiting = "waiting for another deployment in this folder";

describe("a task with the deployment lock", () => {
  let cloudFolder: string;
  beforeEach(() => {
    cloudFolder = fs.mkdtempSync(path.join(os.tmpdir(), "lock-"));
  });
  afterEach(() => fs.rmSync(cloudFolder, { recursive: true }));

  /** A task that has begun and ends when it is told to. */
  async function begin(folder = cloudFolder) {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const ended = withDeploymentLock({ cloudFolder: folder }, {}, () => {
      begun.resolve();
      return end.promise;
    });
    await begun.promise;
    return async (fail?: Error) => {
      if (fail) end.reject(fail);
      else end.resolve();
      await ended.catch(() => undefined);
    };
  }

  /** Asks for a turn; `waits` resolves when it is told to wait. */
  function ask(signal?: AbortSignal) {
    const order: string[] = [];
    const waits = Promise.withResolvers<void>();
    const onWait = (what: string) => {
      order.push(what);
      waits.resolve();
    };
    const turn = withDeploymentLock({ cloudFolder }, { onWait, signal }, async () => {
      order.push("runs");
      return "done";
    });
    return { order, waits: waits.promise, turn };
  }

  it("runs at once, and is not told to wait, where no other does", async () => {
    const { order, turn } = ask();
    await expect(turn).resolves.toBe("done");
    expect(order).toEqual(["runs"]);
  });

  it.each([["has ended"], ["has failed", new Error("no")]])(
    "waits, and is told so once, until the other %s",
    async (_, fail?: Error) => {
      const end = await begin();
      const { order, waits, turn } = ask();
      await waits;
      order.push("the other ends");
      await end(fail);
      await expect(turn).resolves.toBe("done");
      expect(order).toEqual([waiting, "the other ends", "runs"]);
    },
  );

  it("does not wait for one in another folder", async () => {
    const other = fs.mkdtempSync(path.join(os.tmpdir(), "lock-"));
    const end = await begin(other);
    await expect(ask().turn).resolves.toBe("done");
    await end();
    fs.rmSync(other, { recursive: true });
  });

  it("never runs when it is aborted while it waits, and keeps nobody waiting", async () => {
    const end = await begin();
    const aborting = new AbortController();
    const reason = new Error("interrupted");
    const { order, waits, turn } = ask(aborting.signal);
    await waits;
    aborting.abort(reason);
    await expect(turn).rejects.toBe(reason);
    await end();
    await expect(ask().turn).resolves.toBe("done");
    expect(order).toEqual([waiting]);
  });

  it("takes the turn of a process that was killed", async () => {
    const script = `
      import { withDeploymentLock } from ${JSON.stringify(module)};
      await withDeploymentLock({ cloudFolder: process.argv[1] }, {}, () => {
        console.log("holds " + process.pid);
        return new Promise(() => setInterval(() => {}, 1000));
      });
    `;
    const holder = start(["node", "--input-type=module", "-e", script, cloudFolder]);
    const pid = Number((await holder.line(/^holds \d+$/)).split(" ")[1]);
    const { waits, turn } = ask();
    await waits;
    process.kill(pid, "SIGKILL");
    await holder.ended;
    await expect(turn).resolves.toBe("done");
    expect(holder.stderr).toEqual([]);
  });
});

describe("two local clouds in one folder", () => {
  let app: StubApp;
  let one: LocalCloud;
  let other: LocalCloud;
  beforeEach(async () => {
    // Fails where another is at work, as SST may when its artifacts change under it.
    app = createStubApp(
      'mkdir busy || exit 1\necho "$1 at work"\nuntil [ -e waited ]; do sleep 0.01; done\nrmdir busy',
    );
    one = await startLocalCloud({ project: app.folder });
    other = await startLocalCloud({ project: app.folder });
  });
  afterEach(async () => {
    await one.stop();
    await other.stop();
    app.remove();
  });

  it("remove and deploy one after the other, and the one that waits says so", async () => {
    const atWork = Promise.withResolvers<string>();
    const removal = one.remove({ stage: "test", onLine: atWork.resolve });
    expect(await atWork.promise).toBe("remove at work");
    const terminal = recordTerminal();
    const line = (text?: string) => {
      terminal.line(text);
      fs.writeFileSync(path.join(app.folder, "waited"), "");
    };
    await deploy(other, "test", { ...terminal, line }, new AbortController().signal);
    await removal;
    expect(terminal.lines).toEqual([`    ${waiting}`, "done: sst deploy --stage test"]);
  });
});
