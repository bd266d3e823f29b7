/** Each control of functions, and of secrets that they could hold, removed, and the rule that detects it. */
import { add, drop, edit, type Mutation, type MutationRow, trust } from "./mutate.ts";

const LAMBDA = "aws:lambda/function:Function";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const BOUNDED = "functions-are-bounded";
const LOG_JSON = "functions-log-json";
const NO_SECRET = "functions-hold-no-secret";

const variable = (name: string, value: string) =>
  edit(LAMBDA, ["environment", "variables", name], value);

const shareRole: Mutation = (graph) => {
  const [, other] = graph.filter(({ type }) => type === LAMBDA);
  return edit(LAMBDA, ["role"], other?.inputs["role"])(graph);
};

export const functionMutations: readonly MutationRow[] = [
  ["the timeout below the gateway's", edit(LAMBDA, ["timeout"], 30), BOUNDED],
  ["a timeout", edit(LAMBDA, ["timeout"], undefined), BOUNDED],
  ["a memory size", edit(LAMBDA, ["memorySize"], undefined), BOUNDED],
  [
    "an integration's timeout above the function's",
    edit("aws:apigateway/integration:Integration", ["timeoutMilliseconds"], 5_000),
    BOUNDED,
  ],
  ["any concurrency", edit(LAMBDA, ["reservedConcurrentExecutions"], 0), BOUNDED],
  [
    "room for bursts",
    edit(SETTINGS, ["settings", "throttlingBurstLimit"], 101),
    "bursts-have-concurrency",
  ],
  ["room in the environment", variable("BIG", "x".repeat(5_000)), "within-aws-limits"],
  ["a supported runtime", edit(LAMBDA, ["runtime"], "nodejs20.x"), "runtimes-are-supported"],
  [
    "code that is only ours",
    edit(LAMBDA, ["layers"], ["arn:aws:lambda:us-east-1:999999999999:layer:other:1"]),
    "functions-have-no-layers",
  ],
  ...["NODE_OPTIONS", "AWS_LAMBDA_EXEC_WRAPPER", "LD_LIBRARY_PATH", "OPENSSL_CONF"].map(
    (name): MutationRow => [
      `code that is only ours, by ${name}`,
      variable(name, "/opt/other"),
      "functions-have-no-layers",
    ],
  ),
  ...(
    [
      ["s3Bucket", "other"],
      ["s3Key", "assets/other.zip"],
      ["imageUri", "999999999999.dkr.ecr.us-east-1.amazonaws.com/other:latest"],
      ["fileSystemConfig", { arn: "arn:aws:elasticfilesystem:::access-point/other" }],
    ] as const
  ).map(([input, value]): MutationRow => [
    `code that is only ours, by its ${input}`,
    edit(LAMBDA, [input], value),
    "functions-have-no-layers",
  ]),
  [
    "code that is only ours, by a bucket of others that has it too",
    (graph) =>
      graph.map((one) => ({
        ...one,
        inputs: Object.fromEntries(
          Object.entries(one.inputs).map(([input, value]) => [
            input,
            ["bucket", "s3Bucket"].includes(input) ? "sst-asset-other" : value,
          ]),
        ),
      })),
    "functions-have-no-layers",
  ],
  [
    "code that is only ours, by an archive of another host",
    edit("aws:s3/bucketObjectv2:BucketObjectv2", ["source"], { localCloudAsset: "uri" }),
    "functions-have-no-layers",
  ],
  [
    "code that is only ours, by a bucket of this app with other code",
    (graph) =>
      edit(LAMBDA, ["s3Bucket"], "own")(add("aws:s3/bucket:Bucket", { bucket: "own" })(graph)),
    "functions-have-no-layers",
  ],
  ...[
    "/tmp/code.zip",
    "/app/stacks/functions/code.zip",
    "/app/.sst/artifacts/Other/code.zip",
    "/other/.sst/artifacts/ExternalLambda/code.zip",
  ].map((localCloudFile): MutationRow => [
    `code that is only ours, by the archive ${localCloudFile}`,
    edit("aws:s3/bucketObjectv2:BucketObjectv2", ["source"], { localCloudFile }),
    "functions-have-no-layers",
  ]),
  [
    "logs without what requests hold, by NODE_DEBUG",
    variable("NODE_DEBUG", "http"),
    "no-data-traces",
  ],
  [
    "the API as the only way to a function",
    add("aws:lambda/functionUrl:FunctionUrl", {}),
    "functions-are-invoked-by-name",
  ],
  ["a function's own role", shareRole, "functions-have-roles-of-their-own"],
  [
    "the functions of this app as those that roles are for",
    add("aws:iam/role:Role", { assumeRolePolicy: trust({ Service: "lambda.amazonaws.com" }) }),
    "functions-have-roles-of-their-own",
  ],
  ["an environment without a secret, by name", variable("API_KEY", "x"), NO_SECRET],
  [
    "an environment without a secret, by value",
    variable("ID", ["AKIA", "IOSFODNN7EXAMPLE"].join("")),
    NO_SECRET,
  ],
  ...(
    [
      ["the secret of an access key", ["wJalrXUtnFEMI/K7MDENG", "bPxRfiCYEXAMPLEKEY"].join("/")],
      ["a private key", ["-----BEGIN EC", "PRIVATE KEY-----"].join(" ")],
      ["a token", ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJhZGEifQ", "c2lnbmVk"].join(".")],
      ["a password in a URL", ["postgres://app:correct", "db.example/orders"].join("@")],
    ] as const
  ).map(([what, value]): MutationRow => [
    `an environment without a secret, by the form of ${what}`,
    variable("TOPIC_HINT", value),
    NO_SECRET,
  ]),
  ["SST's own key as the only one", variable("SST_KEY", "a password"), NO_SECRET],
  ["functions without linked secrets", add("sst:sst:Secret", {}), NO_SECRET],
  [
    "a stage without variables",
    edit("aws:apigateway/stage:Stage", ["variables"], { key: "x" }),
    "stages-have-no-variables",
  ],
  [
    "the refusal of a public policy of the secret",
    edit("aws:secretsmanager/secretPolicy:SecretPolicy", ["blockPublicPolicy"], false),
    "secrets-are-not-public",
  ],
  ["a function's JSON log", edit(LAMBDA, ["loggingConfig", "logFormat"], "Text"), LOG_JSON],
  ["a function's log group", drop("aws:cloudwatch/logGroup:LogGroup"), LOG_JSON],
  ["a function's tracing", edit(LAMBDA, ["tracingConfig"], undefined), LOG_JSON],
];
