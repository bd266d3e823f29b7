/** A synthetic event of API Gateway's REST proxy integration. */
import type { RouteRow } from "@secure-lambda/functions/contract";

/** Creates the event of a request to a route, of the examples in its row, as far as the app reads one. */
export const createSyntheticEvent = ({ method, path, request }: RouteRow, token: string) => ({
  path: pathOf(path, request.param?.example ?? {}),
  httpMethod: method,
  multiValueHeaders: {
    Accept: ["*/*"],
    Authorization: [`Bearer ${token}`],
    ...(request.json && { "Content-Type": ["application/json"] }),
    Host: ["synthetic.invalid"],
  },
  multiValueQueryStringParameters: Object.fromEntries(
    Object.entries(request.query?.example ?? {}).map(([name, value]) => [name, [String(value)]]),
  ),
  body: request.json ? JSON.stringify(request.json.example) : null,
  isBase64Encoded: false,
  requestContext: { requestId: "synthetic" },
});

const pathOf = (path: string, parameters: object) =>
  Object.entries(parameters).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
