/** Shows an order to anybody, and lets customers change one. */
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { APIGatewayProxyHandler } from "aws-lambda";
import { Resource } from "sst";

const sns = new SNSClient();

/** Answers with what the path and the linked resources say. */
export const show: APIGatewayProxyHandler = async ({ pathParameters }) => ({
  statusCode: 200,
  body: JSON.stringify({
    id: pathParameters?.["id"],
    currency: Resource.Prices.currency,
    signature: Resource.Signature.value,
  }),
});

/** Publishes what happened, in the caller's name; its kind goes along as an attribute. */
export const change: APIGatewayProxyHandler = async ({ queryStringParameters, requestContext }) => {
  const kind = queryStringParameters?.["kind"] ?? "placed";
  const { MessageId } = await sns.send(
    new PublishCommand({
      TopicArn: Resource.Events.arn,
      Message: JSON.stringify({ customer: requestContext.authorizer?.["claims"].email }),
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    }),
  );
  return { statusCode: 202, body: JSON.stringify({ id: MessageId }) };
};
