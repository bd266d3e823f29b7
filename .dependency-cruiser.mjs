/** Who may import whom (docs/architecture.md). Run by `npm run check`. */

/** A rule that forbids imports from one path to another. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const ours = "^(packages|stacks|scripts|tests|sst\\.config)";

/** What works without SST's globals (`aws`, `sst`, `$app`); tsconfig.json checks the same files so. */
const stacksWithoutSst = [
  "^stacks/(policy|settings)/",
  "^stacks/api/(gateway-problems|request-model)\\.ts$",
];

export default {
  forbidden: [
    forbid(
      "core-stands-alone",
      "The domain knows no other part of this repository.",
      { path: "^packages/core/" },
      { path: ours, pathNot: "^packages/core/" },
    ),
    forbid(
      "core-knows-zod-alone",
      "Outside its adapters, core imports zod and nothing else: no AWS, no HTTP, no Node.",
      { path: "^packages/core/src/", pathNot: "^packages/core/src/adapters/" },
      { pathNot: ["^packages/core/src/", "^node_modules/zod/"] },
    ),
    forbid(
      "core-adapters-know-aws-clients",
      "Adapters add the two AWS clients of the ports that they implement.",
      { path: "^packages/core/src/adapters/" },
      {
        pathNot: [
          "^packages/core/src/",
          "^node_modules/zod/",
          "^node_modules/@aws-sdk/client-(sns|secrets-manager)/",
        ],
      },
    ),
    forbid(
      "domain-does-not-import-adapters",
      "Ports point outward: use cases never import what implements them.",
      { path: "^packages/core/src/", pathNot: ["^packages/core/src/adapters/"] },
      { path: "^packages/core/src/adapters/" },
    ),
    forbid(
      "functions-import-core",
      "The Lambda entry points import core and their libraries.",
      { path: "^packages/functions/" },
      { path: ours, pathNot: ["^packages/functions/", "^packages/core/"] },
    ),
    forbid(
      "aws-clients-in-the-composition-root",
      "One file constructs AWS clients.",
      { path: "^packages/functions/", pathNot: "^packages/functions/src/composition\\.ts$" },
      { path: "^node_modules/@aws-sdk/" },
    ),
    forbid(
      "local-knows-no-app",
      "The local cloud knows only what was deployed to it.",
      { path: "^packages/local/" },
      { path: ours, pathNot: "^packages/local/" },
    ),
    forbid(
      "stacks-import-the-contract",
      "Infrastructure reads the API contract, and nothing else of the application.",
      { path: "^(stacks/|sst\\.config)" },
      { path: ours, pathNot: ["^stacks/", "^packages/functions/src/contract/"] },
    ),
    forbid(
      "shared-knows-no-topic",
      "What the topics of the infrastructure share imports the settings, and no topic.",
      { path: "^stacks/shared/" },
      { path: ours, pathNot: "^stacks/(settings|shared)/" },
    ),
    forbid(
      "stacks-without-sst",
      "Outside sst.config.ts, only what works without SST's globals can be imported of the stacks.",
      { pathNot: "^(stacks/|sst\\.config)" },
      { path: "^stacks/", pathNot: [...stacksWithoutSst, "^stacks/bundle/code-cache/"] },
    ),
    forbid(
      "stacks-without-sst-need-none",
      "What works without SST's globals imports nothing that needs them.",
      { path: stacksWithoutSst },
      { path: "^stacks/", pathNot: stacksWithoutSst },
    ),
    {
      ...forbid(
        "stacks-have-no-folder-cycles",
        "A topic of the infrastructure never depends on one that depends on it, types included.",
        { path: "^stacks/" },
        { circular: true },
      ),
      scope: "folder",
    },
    forbid(
      "nothing-imports-tests-or-scripts",
      "Tests and commands stand on top.",
      { path: "^(packages|stacks|sst\\.config)" },
      { path: "^(tests|scripts)/" },
    ),
    forbid(
      "no-cycles",
      "A cycle has no first module to read (types may refer to each other).",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid(
      "no-unresolved",
      "Every import leads somewhere; Pulumi's SDK is in the platform that SST installs, and the benchmark installs its peers on first use.",
      { pathNot: "^bench/peers/" },
      { couldNotResolve: true, pathNot: "^@pulumi/" },
    ),
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.sst|bench/\\.build)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node"] },
  },
};
