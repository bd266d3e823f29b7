/** aws:lambda: who may invoke a function, and what becomes of events that it fails on. */
import * as z from "zod";
import { isDestination } from "../invocations/destinations.ts";
import { defineResource } from "../../../provider/resource-type.ts";
import { roleAllows } from "../../iam/authorize.ts";
import { LambdaError } from "../functions/errors.ts";
import type { EventInvokeConfig } from "../invocations/destination-record.ts";
import { requiredOutput } from "../../../provider/outputs.ts";
import { physicalName } from "../../../provider/physical-name.ts";
import { unsupportedHere } from "../../../provider/rejected-inputs.ts";
import { replacedWhen } from "../../../provider/removal.ts";
import type { LambdaService } from "../ports.ts";
import type { Roles } from "../../iam/roles.ts";

/** Limits: documented, LAMBDA-API/PutFunctionEventInvokeConfig. */
const eventInvokeConfigInputs = z.strictObject({
  functionName: z.string(),
  qualifier: z.literal("$LATEST", "the local cloud has no versions or aliases").optional(),
  maximumRetryAttempts: z.int().min(0).max(2).optional(),
  maximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  destinationConfig: z
    .strictObject({
      onFailure: z
        .strictObject({
          destination: z.string().refine(isDestination, {
            error: "the local cloud delivers only to standard queues and topics",
            params: unsupportedHere,
          }),
        })
        .optional(),
      onSuccess: z.never("the local cloud has no on-success destinations").optional(),
    })
    .optional(),
});

interface FunctionInvocationStores {
  readonly lambda: LambdaService;
  readonly roles: Roles;
}

/** The types of permissions and of settings for asynchronous invocation. */
export const functionInvocationResources = ({ lambda, roles }: FunctionInvocationStores) => [
  replacedWhen(
    ["action", "function", "principal", "sourceArn", "statementId"],
    defineResource({
      type: "aws:lambda/permission:Permission",
      inputs: z.strictObject({
        action: z.literal("lambda:InvokeFunction"),
        function: z.string(),
        principal: z.string(),
        sourceArn: z.string().optional(),
        statementId: z.string().optional(),
        functionUrlAuthType: z.undefined("the local cloud has no function URLs").optional(),
      }),
      apply: ({ function: functionName, ...inputs }, { name }) => {
        const statementId = inputs.statementId ?? physicalName(name);
        lambda.addPermission({ ...inputs, functionName, statementId });
        return { id: statementId, outputs: { statementId } };
      },
      remove: (permission) =>
        lambda.removePermission(requiredOutput(permission, "function"), permission.id),
    }),
    ({ statementId }) => statementId !== undefined,
  ),
  replacedWhen(
    ["functionName"],
    defineResource({
      type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      inputs: eventInvokeConfigInputs,
      apply: (inputs) => {
        const config = configOf(inputs);
        checkDestination({ lambda, roles }, inputs.functionName, config);
        lambda.putEventInvokeConfig(inputs.functionName, config);
        return { id: inputs.functionName, outputs: {} };
      },
      remove: ({ id }) => lambda.putEventInvokeConfig(id, {}),
    }),
  ),
];

function configOf(inputs: z.infer<typeof eventInvokeConfigInputs>): EventInvokeConfig {
  const { maximumRetryAttempts, maximumEventAgeInSeconds, destinationConfig } = inputs;
  const onFailure = destinationConfig?.onFailure?.destination;
  return {
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(maximumRetryAttempts === undefined ? {} : { maximumRetryAttempts }),
    ...(maximumEventAgeInSeconds === undefined
      ? {}
      : { maximumEventAgeSeconds: maximumEventAgeInSeconds }),
  };
}

/**
 * Lambda rejects a destination that the function's role may not write to (reported:
 * aws-amplify/amplify-js#9869); otherwise the record would be lost when it matters.
 */
function checkDestination(
  { lambda, roles }: FunctionInvocationStores,
  functionName: string,
  { onFailure }: EventInvokeConfig,
): void {
  const settings = lambda.getFunction(functionName)?.version.settings;
  if (onFailure === undefined || settings === undefined) return;
  const action = onFailure.startsWith("arn:aws:sns:") ? "sns:Publish" : "sqs:SendMessage";
  if (roleAllows(roles, settings.roleArn, { action, resource: onFailure })) return;
  throw new LambdaError(
    "InvalidParameterValueException",
    `The function's execution role does not have permissions to call ${action} on ${onFailure}.`,
  );
}
