/** Validates function settings. */
import { UnsupportedError } from "../../../errors/unsupported.ts";
import { liveFunctionOf } from "../live/live-function.ts";
import { LambdaError } from "./errors.ts";
import type { FunctionSettings } from "./function.ts";
import { ENVIRONMENT_LIMIT } from "./limits.ts";

const NAME = /^[A-Za-z0-9-_]{1,64}$/;
/** A file inside the code folder, without `..`, and an exported name. */
const HANDLER = /^(?!.*\.\.)[A-Za-z0-9_][\w./-]*\.[A-Za-z_$][\w$]*$/;

/** AWS's documented list of reserved environment variables. */
const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_DEFAULT_REGION|AWS_REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_(FUNCTION_.*|LOG_.*|INITIALIZATION_TYPE|RUNTIME_API)|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

/** Variables that would lead a function out of the local cloud, or let it forge its identity. */
const RESERVED_HERE =
  /^(AWS_ENDPOINT_URL.*|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_EC2_METADATA_.*|AWS_USE_(FIPS|DUALSTACK)_ENDPOINT|AWS_PROFILE|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|AWS_CONTAINER_.*|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_LAMBDA_EXEC_WRAPPER|AWS_XRAY_DAEMON_ADDRESS|LOCAL_CLOUD_.*|NODE_COMPILE_CACHE|NODE_USE_ENV_PROXY)$/;

/** Throws InvalidParameterValueException naming the first invalid setting. */
export function checkSettings(settings: FunctionSettings): void {
  const { name, timeoutSeconds, memoryMb, reservedConcurrency } = settings;
  if (!NAME.test(name)) invalid(`"${name}" is not a function name.`);
  if (!liveFunctionOf(settings)) checkCode(settings);
  if (!isWholeWithin(timeoutSeconds, 1, 900))
    invalid(`The timeout of ${name} is not 1–900 seconds.`);
  if (!isWholeWithin(memoryMb, 128, 10_240)) invalid(`The memory of ${name} is not 128–10240 MB.`);
  if (reservedConcurrency !== undefined && !isWholeWithin(reservedConcurrency, 0, 1000)) {
    // An account may have more.
    const reject = reservedConcurrency > 1000 ? unsupported : invalid;
    reject(`The reserved concurrency of ${name} is not 0–1000.`);
  }
  const size = Buffer.byteLength(JSON.stringify(settings.environment));
  if (size > ENVIRONMENT_LIMIT) {
    invalid(
      `The environment of ${name} has ${size} bytes as JSON, more than the ${ENVIRONMENT_LIMIT} that Lambda takes.`,
    );
  }
  for (const [key, value] of Object.entries(settings.environment)) {
    if (RESERVED.test(key) || RESERVED_HERE.test(key)) {
      const reject = RESERVED.test(key) ? invalid : unsupported;
      reject(`The environment of ${name} may not set ${key}: it is reserved.`);
    }
    if (key === "NODE_OPTIONS" && value.includes("--use-env-proxy")) {
      unsupported(`The NODE_OPTIONS of ${name} may not hold --use-env-proxy.`);
    }
    if (!/^[A-Za-z]\w+$/.test(key) || value.includes("\0")) {
      invalid(`The environment of ${name} holds an impossible variable: ${JSON.stringify(key)}.`);
    }
  }
}

function checkCode({ name, runtime, handler }: FunctionSettings): void {
  if (!/^nodejs\d/.test(runtime)) {
    unsupported(
      `The local cloud does not support the runtime "${runtime}" of ${name}: only nodejs.`,
    );
  }
  if (!HANDLER.test(handler)) invalid(`"${handler}" is not a handler inside the code of ${name}.`);
}

function invalid(problem: string): never {
  throw new LambdaError("InvalidParameterValueException", problem);
}

/** For what AWS takes. */
function unsupported(problem: string): never {
  const error = new LambdaError("InvalidParameterValueException", problem);
  throw Object.assign(error, { cause: new UnsupportedError(problem) });
}

function isWholeWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
