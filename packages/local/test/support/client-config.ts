/** The configuration of an AWS client of a local cloud. */

/**
 * For the endpoint at `http://127.0.0.1:PORT`: an operator's, or a function's where `caller` is the name
 * of one, which the endpoint knows by its access key.
 */
export function clientConfig(endpoint: string, caller = "operator") {
  return {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: caller, secretAccessKey: "any" },
  };
}
