/** Kinds of test: no network, parts over loopback, the real SST CLI, recipes, scanners, the AWS CLI, a browser. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const killCommands = "packages/local/test/support/kill-commands.ts";

/** Files of a worker load the app's and the local cloud's modules once: most of their time otherwise. */
const sharedModules = { isolate: false };

export default defineConfig({
  test: {
    // One more than there are cores: tests that deploy wait for processes of their own.
    maxWorkers: availableParallelism() + 1,
    // Far above what anything takes that is polled for, on a machine that is busy with other things.
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "tests/core/{domain,use-cases}/**/*.test.ts",
            "tests/functions/**/*.test.ts",
            "tests/bench/*.test.ts",
            "tests/examples/**/*.test.ts",
            "tests/texts/**/*.test.ts",
          ],
          setupFiles: ["tests/support/network-shut.ts"],
          ...sharedModules,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: [
            "tests/bench/harness/**/*.test.ts",
            "tests/core/adapters/**/*.test.ts",
            "tests/delivery/**/*.test.ts",
            "tests/scripts/**/*.test.ts",
            "packages/local/test/**/*.test.ts",
          ],
          setupFiles: [
            "tests/support/loopback-only.ts",
            killCommands,
            "scripts/support/quick-jsbn.ts",
          ],
          ...sharedModules,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // These replace Node's own classes: each file has a process of its own.
          name: "cold-start",
          include: ["packages/cold-start/test/**/*.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "stack",
          include: ["tests/stacks/**/*.test.ts", "tests/e2e/**/*.test.ts"],
          exclude: ["tests/e2e/aws-cli.test.ts", "tests/e2e/*browser.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts", killCommands],
          ...sharedModules,
          globalSetup: ["tests/support/share-app.ts", "tests/support/check-types.ts"],
          // Deployments in one folder wait for each other, as do files that share the deployed app.
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          // One recipe after the other: each runs the app's tests, which use every core.
          name: "recipes",
          include: ["tests/recipes/*.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts"],
          testTimeout: 1_800_000,
        },
      },
      {
        extends: true,
        test: {
          name: "scanners",
          include: ["tests/scanners/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "aws-cli",
          include: ["tests/e2e/aws-cli.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts", killCommands],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/e2e/*browser.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
