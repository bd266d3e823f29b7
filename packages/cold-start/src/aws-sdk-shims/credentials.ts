/**
 * AWS credentials as Lambda gives them: in the environment, and nowhere else. `esbuild-plugins.mjs`
 * puts this in place of the SDK's `credential-provider-node`, under the name that the clients import.
 *
 * Lambda sets the role's credentials as variables; they last as long as the execution environment
 * (documented). It offers them by a container endpoint only with SnapStart, which Node.js functions
 * do not have (documented). So no profile, metadata service or sign-in is asked for others.
 */
export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";
