/** A synthetic event of API Gateway's REST proxy integration. */

/** Creates the event of a greeting request to a route, as far as the app reads one. */
export const createSyntheticEvent = (path: string, token: string) => ({
  path,
  httpMethod: "POST",
  multiValueHeaders: {
    Accept: ["*/*"],
    Authorization: [`Bearer ${token}`],
    "Content-Type": ["application/json"],
    Host: ["synthetic.invalid"],
  },
  body: JSON.stringify({ name: "Nobody" }),
  isBase64Encoded: false,
  requestContext: { requestId: "synthetic" },
});
