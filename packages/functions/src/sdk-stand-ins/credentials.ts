/**
 * AWS credentials as Lambda gives them: in the environment, and nowhere else. Nothing here imports
 * this: `stacks/bundle/plugins.mjs` puts it in the place of the SDK's `credential-provider-node`.
 */

/** The environment holds no AWS credentials. */
export class NoCredentialsError extends Error {
  override readonly name = "NoCredentialsError";
}

/** What signs requests. */
interface EnvironmentCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Stands for the AWS SDK's default chain of providers, under the name that the clients import. Lambda
 * sets the role's credentials as variables; they last as long as the execution environment
 * (documented). It offers them by a container endpoint with SnapStart alone, which Node.js functions
 * do not have (documented). So no profile, no metadata service and no sign-in is ever asked: what
 * could lend other credentials is not there.
 *
 * The provider throws `NoCredentialsError`.
 */
export const defaultProvider = () => async (): Promise<EnvironmentCredentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new NoCredentialsError("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set.");
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
