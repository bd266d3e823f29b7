/** Who may import whom (docs/architecture.md). Run by `npm run check`. */
import fs from "node:fs";

/** A rule that forbids imports from one path to another. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const ours = "^(?!.*/node_modules/)(bench|examples|packages|stacks|scripts|tests|sst\\.config)";

/** What works without SST's globals (`aws`, `sst`, `$app`); tsconfig.json checks the same files so. */
const stacksWithoutSst = [
  "^stacks/(policy|settings)/",
  "^stacks/api/(gateway-problems|last-deployment|request-model|snapshot-parts)\\.ts$",
  "^stacks/identity/read-keys\\.ts$",
];

/** Folders of the local cloud, as a pattern. */
const local = (folders) => `^packages/local/src/(?:${folders})/`;

/** What every service of the local cloud may import, IAM and CloudWatch Logs aside. */
const foundations = "aws-protocol|errors|http|memory|processes|provider|requests|text";

/** The other services that a service imports. Live functions reach the SST CLI by AppSync's channels. */
const neighbours = {
  "api-gateway": ["lambda", "waf", "xray"],
  "cloudwatch-logs": ["kms"],
  cognito: ["waf"],
  lambda: ["appsync", "xray"],
  "secrets-manager": ["kms"],
  sns: ["kms", "lambda", "sqs", "xray"],
  sqs: ["kms", "xray"],
};

/** The services that every service imports: who may call it, and where it logs and publishes metrics. */
const known = ["iam", "cloudwatch", "cloudwatch-logs"];

const services = fs.readdirSync(new URL("packages/local/src/services", import.meta.url));

const serviceRules = services.map((service) => {
  const allowed = [service, ...known, ...(neighbours[service] ?? [])].join("|");
  return forbid(
    `${service}-knows-its-neighbours`,
    "A service is one folder and imports the foundations, IAM, CloudWatch and its neighbours.",
    { path: local(`services/${service}`) },
    { path: ours, pathNot: [local(foundations), local(`services/(?:${allowed})`)] },
  );
});

export default {
  forbidden: [
    ...serviceRules,
    forbid(
      "foundations-know-no-service",
      "Services stand on these, and none of these on a service.",
      { path: local(foundations) },
      { path: ours, pathNot: local(foundations) },
    ),
    forbid(
      "core-imports-nothing-else",
      "The domain knows no other part of this repository.",
      { path: "^packages/core/" },
      { path: ours, pathNot: "^packages/core/" },
    ),
    forbid(
      "core-index",
      "The public face of core only names what its folders hold.",
      { path: "^packages/core/src/[^/]+$" },
      { pathNot: "^packages/core/src/" },
    ),
    forbid(
      "core-domain",
      "The domain imports zod and itself: no port, no AWS, no HTTP, no Node.",
      { path: "^packages/core/src/domain/" },
      { pathNot: ["^packages/core/src/domain/", "^node_modules/zod/"] },
    ),
    forbid(
      "core-ports",
      "Ports speak the domain's language and nothing else.",
      { path: "^packages/core/src/ports/" },
      { pathNot: "^packages/core/src/domain/" },
    ),
    forbid(
      "core-use-cases",
      "Use cases know the domain and ports, never what implements them.",
      { path: "^packages/core/src/use-cases/" },
      { pathNot: "^packages/core/src/(domain|ports)/" },
    ),
    forbid(
      "core-adapters",
      "Adapters implement outbound ports, with the two AWS clients and zod.",
      { path: "^packages/core/src/adapters/" },
      {
        pathNot: [
          "^packages/core/src/(adapters|domain|ports/outbound)/",
          "^node_modules/(@aws-sdk/client-(sns|secrets-manager)|zod)/",
        ],
      },
    ),
    forbid(
      "functions-import-core",
      "The app imports core and its libraries; it does not know that packages/cold-start exists.",
      { path: "^packages/functions/" },
      { path: ours, pathNot: ["^packages/functions/", "^packages/core/"] },
    ),
    forbid(
      "aws-clients-in-the-composition-root",
      "One file of the app constructs AWS clients.",
      { path: "^packages/functions/", pathNot: "^packages/functions/src/composition\\.ts$" },
      { path: "^node_modules/@aws-sdk/" },
    ),
    forbid(
      "cold-start-imports-the-app",
      "What shortens cold starts imports the app and core, never infrastructure or the local cloud.",
      { path: "^packages/cold-start/(src/|esbuild-plugins)" },
      { path: ours, pathNot: "^packages/(cold-start|core|functions)/" },
    ),
    forbid(
      "only-bench-imports-cold-start",
      "It is chosen by the setting coldStart, by name: deleting it leaves a working app.",
      { path: ours, pathNot: "^(bench|packages/cold-start)/" },
      { path: "^packages/cold-start/" },
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
      { path: "^stacks/", pathNot: stacksWithoutSst },
    ),
    forbid(
      "stacks-without-sst-need-none",
      "What works without SST's globals imports nothing that needs them.",
      { path: stacksWithoutSst },
      { path: "^stacks/", pathNot: stacksWithoutSst },
    ),
    forbid(
      "examples-stand-by-themselves",
      "Examples are copied out of here: no part of this repository, and no package, comes with them.",
      { path: "^examples/" },
      { pathNot: "^examples/" },
    ),
    forbid(
      "no-product-imports-examples",
      "What is shipped knows no example.",
      { path: "^(packages|stacks|sst\\.config)" },
      { path: "^examples/" },
    ),
    forbid(
      "nothing-imports-tests-scripts-or-bench",
      "Tests and commands stand on top.",
      { path: "^(packages|stacks|sst\\.config)", pathNot: "^packages/cold-start/test/" },
      { path: "^(bench|tests|scripts)/" },
    ),
    forbid(
      "no-cycles",
      "A cycle has no first module to read; types are no exception.",
      {},
      { circular: true },
    ),
    {
      ...forbid("no-folder-cycles", "Arrows between folders run one way.", {}, { circular: true }),
      scope: "folder",
    },
    forbid(
      "no-unresolved",
      "Every import leads somewhere; Pulumi's SDK is in the platform that SST installs, and the benchmark and the scanners install what they need on first use.",
      { pathNot: "^(bench/peers|tests/scanners)/" },
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
