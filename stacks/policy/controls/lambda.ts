/** Controls of functions. */
import type { Control } from "./control.ts";

/** By number. */
export const lambdaControls: readonly Control[] = [
  {
    number: 44,
    area: "Lambda",
    control: "Not publicly invokable",
    ids: "SecHub Lambda.1; LambdaFunctionPublicAccessProhibited; CKV_AWS_301; prowler awslambda_function_not_publicly_accessible",
    decision: "met",
    held: {
      "functions-are-invoked-by-name": ["the method and path of a permission"],
      "principals-are-of-this-account": ["a service as the one that may call"],
    },
  },
  {
    number: 45,
    area: "Lambda",
    control: "Permissions for services name the source",
    ids: "CKV_AWS_364; trivy AWS-0067 (critical)",
    decision: "met",
    held: {
      "functions-are-invoked-by-name": ["the source of a permission"],
      "principals-are-of-this-account": ["this account's API as the source of a call"],
    },
  },
  {
    number: 46,
    area: "Lambda",
    control: "Supported / latest runtime",
    ids: "SecHub Lambda.2; AwsSolutions-L1; LambdaLatestVersion; CKV_AWS_363; prowler _using_supported_runtimes; serverless-rules EOL",
    decision: "met",
    held: { "runtimes-are-supported": ["a supported runtime"] },
  },
  {
    number: 47,
    area: "Lambda",
    control: "Inside a VPC (several zones)",
    ids: "SecHub Lambda.3, Lambda.5; LambdaInsideVPC; CKV_AWS_117; prowler _inside_vpc, _vpc_multi_az",
    decision: "excepted",
    reason:
      "The functions have nothing private to reach, and a VPC's endpoints cost more than the rest of a stage. What it would add, control of what a function that was taken over can reach, is named in the threat model. A protected stage has to admit a VPC, by which a function's calls leave another way.",
    held: { "inputs-are-known": ["the refusal of vpcConfig in aws:lambda/function:Function"] },
  },
  {
    number: 48,
    area: "Lambda",
    control: "Active tracing",
    ids: "SecHub Lambda.7; LambdaTracing; CKV_AWS_50; AWS-0066",
    decision: "met",
    held: { "functions-log-json": ["a function's tracing"] },
  },
  {
    number: 49,
    area: "Lambda",
    control: "Concurrency limit",
    ids: "LambdaConcurrency; CKV_AWS_115; OWASP API4",
    decision: "met",
    held: {
      "functions-reserve-concurrency": ["the reserved concurrency"],
      "functions-are-bounded": ["any concurrency"],
      "bursts-have-concurrency": ["room for bursts"],
    },
  },
  {
    number: 50,
    area: "Lambda",
    control: "Dead-letter queue or failure destination",
    ids: "LambdaDLQ; CKV_AWS_116; prowler _no_dead_letter_queue; Serverless LambdaAsyncFailureDestination, LambdaDLQ",
    decision: "met",
    note: "ExternalLambda has none: it is called synchronously, and its caller gets the error.",
    held: { "failures-go-to-a-queue": ["the on-failure destination"] },
  },
  {
    number: 51,
    area: "Lambda",
    control: "Memory and timeout set",
    ids: "cdk-nag Serverless LambdaDefaultMemorySize, LambdaFunctionDefaultTimeout; serverless-rules",
    decision: "met",
    held: {
      "functions-are-bounded": ["a memory size", "a timeout", "the timeout below the gateway's"],
    },
  },
  {
    number: 52,
    area: "Lambda",
    control: "Environment encrypted with a customer key",
    ids: "CKV_AWS_173; prowler _env_vars_not_encrypted_with_cmk",
    decision: "excepted",
    reason:
      "No secret is in it (control 53), and a key would cost a call of KMS at each cold start. AWS encrypts it with its own key.",
  },
  {
    number: 53,
    area: "Lambda",
    control: "No secrets in the environment",
    ids: "CKV_AWS_45; prowler awslambda_function_no_secrets_in_variables (critical)",
    decision: "excepted",
    reason:
      "None of ours is. SST puts its own, SST_KEY, into every environment: it opens linked secrets, of which the rule allows none.",
    held: {
      "functions-hold-no-secret": [
        "an environment without a secret, by name",
        "an environment without a secret, by value",
        "an environment without a secret, by the form of the secret of an access key",
        "SST's own key as the only one",
        "functions without linked secrets",
      ],
    },
  },
  {
    number: 54,
    area: "Lambda",
    control: "No secrets in code or layers; no foreign layers",
    ids: "prowler _no_secrets_in_code, _layer_no_secrets_in_content, _using_cross_account_layers",
    decision: "met",
    note: "The code has no secret either: it is in this repository.",
    held: {
      "functions-have-no-layers": ["code that is only ours"],
      "types-are-known": ["the refusal of a layer"],
    },
  },
  {
    number: 55,
    area: "Lambda",
    control: "Code signing",
    ids: "CKV_AWS_272",
    decision: "excepted",
    reason:
      "SST has no input for it. Code gets to Lambda only by a deployment, with the rights of the pipeline's role.",
  },
  {
    number: 56,
    area: "Lambda",
    control: "Function URLs ask for IAM",
    ids: "CKV_AWS_258; LambdaFunctionUrlAuth; prowler _url_public, _url_cors_policy",
    decision: "n/a",
    reason: "No function URLs.",
    held: { "functions-are-invoked-by-name": ["the API as the only way to a function"] },
  },
  {
    number: 57,
    area: "Lambda",
    control: "Structured logs",
    ids: "serverless-rules; Lens OPS",
    decision: "met",
    held: { "functions-log-json": ["a function's JSON log"] },
  },
  {
    number: 58,
    area: "Lambda",
    control: "Invoke events in CloudTrail",
    ids: "prowler _invoke_api_operations_cloudtrail_logging_enabled",
    decision: "account",
    reason: "The owner of the account logs data events of Lambda in a CloudTrail trail.",
  },
  {
    number: 59,
    area: "Lambda",
    control: "Gradual roll-out with alias, alarms and automatic roll-back",
    ids: "Lens OPS (safe deployments); Powertools/SAM practice",
    decision: "excepted",
    reason:
      "A roll-back is a deployment of the commit before (docs/operations.md); SST publishes no versions that an alias could move between.",
  },
  {
    number: 60,
    area: "Lambda",
    control: "Runtime protection",
    ids: "Lens SEC3 [Good]; GuardDuty Lambda Protection",
    decision: "account",
    reason: "The owner of the account turns on GuardDuty's Lambda Protection.",
  },
  {
    number: 61,
    area: "Lambda",
    control: "Dependency review in the pipeline, SBOM",
    ids: "Lens SEC3 [Best]; ASVS 15.1.1/15.2.1; OpenSSF Scorecard (cookbook has it)",
    decision: "shown",
    reason:
      "Dependency review, npm audit, licences and a CycloneDX bill of materials in .github/workflows/supply-chain.yml; exact versions, and no install scripts.",
    shownBy: ["tests/texts/workflows.test.ts"],
  },
  {
    number: 62,
    area: "Lambda",
    control: "Duplicates are harmless (idempotency)",
    ids: "Lens REL2; Powertools idempotency; OWASP API6",
    decision: "excepted",
    reason:
      "A greeting that is sent twice is harmless, and its message id tells. A use case where it is not keeps the ids that it has seen, by conditional writes to a table.",
  },
  {
    number: 63,
    area: "Lambda",
    control: "Event-source mapping rules",
    ids: "LambdaEventSourceMappingDestination, LambdaEventSourceSQSVisibilityTimeout; serverless-rules",
    decision: "n/a",
    reason: "No event source mapping.",
    held: { "types-are-known": ["the refusal of an event source"] },
  },
];
