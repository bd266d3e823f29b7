/**
 * The environment variables by which AWS's SDKs, SST, Pulumi, Node and proxies are configured: under
 * the local cloud, no shell and no file may choose where these connect to, or as whom.
 */

/** Whole namespaces, since a release of a tool may add to its own; `TF_AWS_` is of Pulumi's AWS provider. */
const namespaces = /^(?:AWS|TF_AWS|SST|PULUMI|LOCAL_CLOUD)_/;

/** SST's outside its namespace, and Node's (its `--help`, and those of child processes), whose prefix apps and libraries use as well. */
const names =
  /^(?:DO_NOT_TRACK|NO_BUN|NODE_(?:CHANNEL_FD|CHANNEL_SERIALIZATION_MODE|UNIQUE_ID|COMPILE_CACHE(?:_PORTABLE)?|DEBUG(?:_NATIVE)?|DISABLE_(?:COLORS|COMPILE_CACHE)|ICU_DATA|NO_WARNINGS|OPTIONS|PATH|PENDING_(?:DEPRECATION|PIPE_INSTANCES)|PRESERVE_SYMLINKS(?:_MAIN)?|REDIRECT_WARNINGS|REPL_(?:EXTERNAL_MODULE|HISTORY)|SKIP_PLATFORM_CHECK|TEST_CONTEXT|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE)|OPENSSL_(?:CONF|MODULES)|SSLKEYLOGFILE)$/;

/** What a network that has a proxy or an authority of its own needs to reach the npm registry. */
const network =
  /^(?:(?:https?|all|no|grpc)_proxy|no_grpc_proxy|NPM_REGISTRY|NODE_EXTRA_CA_CERTS|NODE_USE_(?:ENV_PROXY|SYSTEM_CA)|SSL_CERT_(?:FILE|DIR))$/i;

/** Whether the variable configures one of these tools. */
export function isToolVariable(name: string): boolean {
  return namespaces.test(name) || names.test(name) || isNetworkVariable(name);
}

/** Whether the variable leads through a network, which an installation needs and a deployment does not. */
export function isNetworkVariable(name: string): boolean {
  return network.test(name);
}
