/** How it is known that `sst dev` has deployed: over a stub of the server that the CLI runs. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { listen } from "../../../src/http/listen.ts";
import { serverFile, untilDeployed } from "../../../src/sst/dev/deployed.ts";

it("goes on waiting while the CLI's file is empty, since it writes it", async ({
  onTestFinished,
}) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "deployed-"));
  fs.mkdirSync(path.join(root, ".sst"));
  const completed = { Finished: true, Old: false, Errors: [] };
  const server = await listen(async () => Response.json(completed), 0);
  onTestFinished(async () => {
    await server.close();
    fs.rmSync(root, { recursive: true });
  });
  const file = serverFile({ root }, "local");
  fs.writeFileSync(file, "");
  const deployed = untilDeployed({ root }, "local", new AbortController().signal);
  fs.writeFileSync(file, server.url);
  await expect(deployed).resolves.toBeUndefined();
});
