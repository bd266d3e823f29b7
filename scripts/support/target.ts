/** Where an operator command works: the local cloud of this folder, or a stage on AWS. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { findRunningCloud } from "@secure-lambda/local";
import * as z from "zod";
import { CommandError } from "./command.ts";

export interface Target {
  readonly stage: string;
  readonly local: boolean;
  readonly cognito: CognitoIdentityProviderClient;
}

/** The options by which a command names its target. */
export const targetOptions = {
  stage: { type: "string" },
  "aws-port": { type: "string" },
} as const;

export const targetSchema = z.object({
  stage: z.string().min(1).optional(),
  "aws-port": z
    .string()
    .regex(/^\d{1,5}$/, "expected a port number")
    .optional(),
});

export const targetUsage = `  --stage S      a stage deployed to AWS, with your credentials (default: the local cloud)
  --aws-port N   the local cloud whose AWS endpoint has this port (default: this folder's)
`;

const region = "us-east-1";

/** Finds the target. @throws CommandError when no local cloud runs and no stage is named. */
export function findTarget(options: z.infer<typeof targetSchema>): Target {
  const { stage, "aws-port": awsPort } = options;
  if (stage !== undefined) {
    return { stage, local: false, cognito: new CognitoIdentityProviderClient({ region }) };
  }
  const running = findRunningCloud(".");
  const endpoint = awsPort === undefined ? running?.awsUrl : `http://127.0.0.1:${awsPort}`;
  if (endpoint === undefined) {
    throw new CommandError(
      'No local cloud is running in this folder. Start one with "npm start" in another terminal, or name a deployed stage with --stage.',
    );
  }
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const cognito = new CognitoIdentityProviderClient({ region, endpoint, credentials });
  return { stage: running?.stage ?? "local", local: true, cognito };
}
