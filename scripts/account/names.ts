/** Whether names of a stage are taken in an account by something that SST does not know of. */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetRoleCommand, IAMClient, NoSuchEntityException } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeSecretCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { userPools } from "@secure-lambda/functions/contract";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { readNamesInState } from "../support/stage-outputs.ts";
import { readAccountId } from "./account-id.ts";
import { functionsOf, readReserved } from "./concurrency.ts";
import { askLogGroups } from "./log-groups.ts";
import {
  ask,
  type Deployment,
  type Findings,
  join,
  type Known,
  nothing,
  refuse,
} from "./questions.ts";

/** Asks for each kind of name that a deployment takes for itself. */
export async function askNames(deployment: Deployment): Promise<Findings> {
  const { stage, aws } = deployment;
  const known = await readNamesInState({ stage, local: false, aws });
  return join(
    await Promise.all([
      ask("whether names of functions are taken", () => askFunctions(deployment, known)),
      ask("whether names of roles are taken", () => askRoles(deployment, known)),
      ask("whether the secret's name is taken", () => askSecrets(deployment, known)),
      ask("whether domain prefixes are taken", () => askDomains(deployment, known)),
      ask("whether log groups are there already", () => askLogGroups(deployment, known)),
    ]),
  );
}

async function askFunctions({ graph, aws }: Deployment, known: Known): Promise<Findings> {
  const lambda = new LambdaClient({ ...aws });
  const names = functionsOf(graph).map(({ name }) => name);
  const found = await Promise.all(names.map((name) => readReserved(lambda, name)));
  const taken = names.filter((name, at) => found[at] !== undefined && !known.has(name));
  return refuse(
    taken.map(
      (name) =>
        `There is a function ${name}, of which SST does not know. Delete it (aws lambda delete-function --function-name ${name}), or deploy a stage of another name.`,
    ),
  );
}

const roleSchema = z.object({ name: z.string().optional() });

/** Roles are the account's: a stage whose Region has changed meets those that it has in the other one. */
async function askRoles({ graph, aws }: Deployment, known: Known): Promise<Findings> {
  const iam = new IAMClient({ ...aws });
  const names = graph
    .filter(({ type }) => type === "aws:iam/role:Role")
    .flatMap(({ inputs }) => roleSchema.parse(inputs).name ?? []);
  const taken = await Promise.all(
    names.map(async (name) => !known.has(name) && hasRole(iam, name)),
  );
  return refuse(
    names
      .filter((_, at) => taken[at])
      .map(
        (name) =>
          `There is a role ${name}, of which SST does not know in ${aws.region}. If the stage stands in another Region, remove it there first: set region back in stacks/settings/stages.ts, and npm run remove. Else it is left over from a deployment that was interrupted: delete it (aws iam delete-role-policy for each policy that aws iam list-role-policies --role-name ${name} names, then aws iam delete-role --role-name ${name}), or deploy a stage of another name.`,
      ),
  );
}

async function hasRole(iam: IAMClient, RoleName: string): Promise<boolean> {
  try {
    await iam.send(new GetRoleCommand({ RoleName }));
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    throw error;
  }
}

const secretSchema = z.object({ name: z.string() });

async function askSecrets({ graph, aws }: Deployment, known: Known): Promise<Findings> {
  const client = new SecretsManagerClient({ ...aws });
  const names = graph
    .filter(({ type }) => type === "aws:secretsmanager/secret:Secret")
    .map(({ inputs }) => secretSchema.parse(inputs).name);
  const all = names.map(async (name): Promise<string[]> => {
    const secret = await describeSecret(client, name);
    const free = `aws secretsmanager delete-secret --secret-id ${name} --force-delete-without-recovery`;
    if (secret?.DeletedDate !== undefined) {
      return [
        `The secret ${name} is scheduled for deletion, and its name is taken until then. Delete it at once: ${free}.`,
      ];
    }
    if (secret === undefined || known.has(name)) return [];
    return [
      `There is a secret ${name}, of which SST does not know. Delete it (${free}), or deploy a stage of another name.`,
    ];
  });
  return refuse((await Promise.all(all)).flat());
}

async function describeSecret(client: SecretsManagerClient, name: string) {
  try {
    return await client.send(new DescribeSecretCommand({ SecretId: name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** In the rehearsed graph they have the digest of the local cloud's account. */
async function askDomains(deployment: Deployment, known: Known): Promise<Findings> {
  const { stage, graph, aws } = deployment;
  if (!graph.some(({ type }) => type === "aws:cognito/userPoolDomain:UserPoolDomain")) {
    return nothing;
  }
  const account = await readAccountId(deployment);
  const cognito = new CognitoIdentityProviderClient({ ...aws });
  const all = userPools.map(async (number): Promise<string[]> => {
    const Domain = namesOf(stage).domainPrefix(number, account);
    const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain }));
    const pool = DomainDescription?.UserPoolId;
    if (pool === undefined || known.has(Domain)) return [];
    return [
      `The domain prefix ${Domain} belongs to the user pool ${pool}, of which SST does not know. Delete the domain (aws cognito-idp delete-user-pool-domain --domain ${Domain} --user-pool-id ${pool}), or deploy a stage of another name.`,
    ];
  });
  return refuse((await Promise.all(all)).flat());
}
