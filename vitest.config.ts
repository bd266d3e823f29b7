/** Kinds of test: the domain with the network shut, parts over loopback, the real SST CLI, the AWS CLI. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "tests/core/{domain,use-cases}/**/*.test.ts",
            "tests/functions/**/*.test.ts",
            "tests/bench/*.test.ts",
            "tests/texts/**/*.test.ts",
          ],
          setupFiles: ["tests/support/network-shut.ts"],
        },
      },
      {
        test: {
          name: "parts",
          include: [
            "packages/cold-start/test/**/*.test.ts",
            "tests/bench/harness/**/*.test.ts",
            "tests/core/adapters/**/*.test.ts",
            "tests/scripts/**/*.test.ts",
            "packages/local/test/**/*.test.ts",
          ],
          setupFiles: ["tests/support/loopback-only.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "stack",
          include: ["tests/stacks/**/*.test.ts", "tests/e2e/**/*.test.ts"],
          exclude: ["tests/e2e/aws-cli.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts"],
          globalSetup: ["tests/support/share-app.ts"],
          // The SST CLI builds into the app's own folder: one deployment at a time.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "aws-cli",
          include: ["tests/e2e/aws-cli.test.ts"],
          setupFiles: ["tests/support/loopback-only.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
