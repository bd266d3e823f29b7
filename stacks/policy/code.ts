/** Rules about the code of functions: its runtime, and that it is only this app's. */
import * as z from "zod";
import { allOf, type Graph, ruleFor, unless } from "./graph.ts";
import { servicesOf } from "./services.ts";
import { readStatements } from "./statements.ts";

const LAMBDA = "aws:lambda/function:Function";

/** Runtimes of Node.js that AWS updates until 2027 at least (documented: LAMBDA/lambda-runtimes). */
const supported = ["nodejs22.x", "nodejs24.x"];

const runtimesAreSupported = ruleFor(
  "runtimes-are-supported",
  LAMBDA,
  z.object({ runtime: z.string().optional() }),
  ({ runtime = "none" }) =>
    unless(supported.includes(runtime), `must run on ${supported.join(" or ")}, not ${runtime}`),
);

const functionsHaveNoLayers = ruleFor(
  "functions-have-no-layers",
  LAMBDA,
  z.object({ layers: z.array(z.string()).default([]) }),
  ({ layers }) => layers.map((layer) => `must not have the layer ${layer}: its code is not ours`),
);

/**
 * SST's bucket for code, by the name that it has in a rehearsal (packages/local/src/aws-apis.ts), which no
 * bucket on AWS can have (S3/bucketnamingrules).
 */
const BUCKET = "sst-asset-local-s3alias";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

/** SST uploads the code in an object of the app; an image or a file system may be another account's. */
const codeIsOfThisApp = ruleFor(
  "functions-have-no-layers",
  LAMBDA,
  z.object({
    s3Bucket: z.string().optional(),
    s3Key: z.string().optional(),
    imageUri: z.string().optional(),
    fileSystemConfig: z.unknown().optional(),
  }),
  ({ s3Bucket, s3Key, imageUri, fileSystemConfig }, graph) => [
    ...unless(
      imageUri === undefined &&
        s3Bucket === BUCKET &&
        allOf(graph, OBJECT).some(
          ({ inputs }) => inputs["bucket"] === s3Bucket && inputs["key"] === s3Key,
        ),
      "must have the code that this app uploads",
    ),
    ...unless(fileSystemConfig === undefined, "must have no file system, which can hold code"),
  ],
);

/** What SST builds of a function, within the folder of the app: its code and its source maps. */
const builtBySst = /^(.*)\/\.sst\/artifacts\/(\w+)(?:\/code\.zip|-src(?:\/[^/]+)+\.map)$/;

const objectSchema = z.object({
  bucket: z.string(),
  source: z
    .object({ localCloudFile: z.string() })
    .transform(({ localCloudFile }) => builtBySst.exec(localCloudFile))
    .nullish()
    .catch(null),
});

/** An archive of another host or folder is not built from the sources that were reviewed. */
const codeIsBuiltHere = ruleFor(
  "functions-have-no-layers",
  OBJECT,
  objectSchema,
  ({ bucket, source }, graph) => {
    if (bucket !== BUCKET) {
      const isOwn = allOf(graph, "aws:s3/bucket:Bucket").some(({ id }) => id === bucket);
      return unless(isOwn, `must be in SST's bucket for code or one of this app, not in ${bucket}`);
    }
    const [, folder, name] = source ?? [];
    return [
      ...unless(
        allOf(graph, "sst:aws:Function").some((built) => built.name === name),
        "must be what SST has built of a function of this app (.sst/artifacts)",
      ),
      ...unless(
        foldersOfCode(graph).every((one) => one === undefined || one === folder),
        "must be of the same folder as the other code",
      ),
    ];
  },
);

/** Of each object in SST's bucket, the folder in which SST has built it. */
const foldersOfCode = (graph: Graph) =>
  allOf(graph, OBJECT)
    .flatMap(({ inputs }) => objectSchema.safeParse(inputs).data ?? [])
    .filter(({ bucket }) => bucket === BUCKET)
    .map(({ source }) => source?.[1]);

/** What makes Node.js or Lambda run other code than the function's (documented: LAMBDA/configuration-envvars). */
const loaders = [
  "AWS_LAMBDA_EXEC_WRAPPER",
  "LD_LIBRARY_PATH",
  "LD_PRELOAD",
  "NODE_OPTIONS",
  "NODE_PATH",
  "OPENSSL_CONF",
];

/** A function, as rules about its variables read it. */
export const functionWithVariables = z.object({
  environment: z.object({ variables: z.record(z.string(), z.string()).default({}) }).optional(),
});

const environmentsLoadNoCode = ruleFor(
  "functions-have-no-layers",
  LAMBDA,
  functionWithVariables,
  ({ environment }) =>
    loaders
      .filter((name) => environment?.variables[name] !== undefined)
      .map((name) => `must not set ${name}, which changes what code runs`),
);

/** What one function may do, another must not be able to do. */
const functionsHaveOwnRoles = ruleFor(
  "functions-have-roles-of-their-own",
  LAMBDA,
  z.object({ role: z.string() }),
  ({ role }, graph, { name }) => [
    ...unless(
      allOf(graph, "aws:iam/role:Role").some(({ outputs }) => outputs["arn"] === role),
      "must have a role of this app: no rule sees what another may do",
    ),
    ...allOf(graph, LAMBDA)
      .filter((other) => other.name !== name && other.inputs["role"] === role)
      .map((other) => `must have a role of its own: it has that of ${other.name}`),
  ],
);

/** A principal that may pass a role to Lambda has what the role may do, by a function that no rule sees. */
const rolesHaveFunctions = ruleFor(
  "functions-have-roles-of-their-own",
  "aws:iam/role:Role",
  z.object({ assumeRolePolicy: z.unknown() }),
  ({ assumeRolePolicy }, graph, { outputs }) =>
    unless(
      !(readStatements(assumeRolePolicy) ?? [])
        .flatMap(servicesOf)
        .includes("lambda.amazonaws.com") ||
        allOf(graph, LAMBDA).some(({ inputs }) => inputs["role"] === outputs["arn"]),
      "must be the role of a function of this app, since Lambda may assume it",
    ),
);

/** Every rule about the code of functions. */
export const codeRules = [
  runtimesAreSupported,
  functionsHaveNoLayers,
  codeIsOfThisApp,
  codeIsBuiltHere,
  environmentsLoadNoCode,
  functionsHaveOwnRoles,
  rolesHaveFunctions,
];
