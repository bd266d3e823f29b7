/** Answers partners with what they asked. */
import type { APIGatewayProxyHandler } from "aws-lambda";

export const handler: APIGatewayProxyHandler = async ({ httpMethod, pathParameters }) => ({
  statusCode: 200,
  body: `${httpMethod} ${pathParameters?.["proxy"]}`,
});
