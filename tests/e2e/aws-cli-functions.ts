/** What an operator types to invoke functions, and to find them. */
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import * as z from "zod";
import type { AwsCli } from "../support/aws-cli.ts";

const text = z.string().min(1);

interface Functions {
  /** A folder for answers. */
  readonly home: string;
  /** The function that the topic invokes. */
  readonly consumer: string;
  readonly topicArn: string;
}

export function testFunctions(cli: () => AwsCli, { home, consumer, topicArn }: Functions): void {
  it("invokes a function, and sees what it answered and logged", async () => {
    const file = path.join(home, "answer.json");
    const invoke = (event: object) =>
      cli().aws(
        z.object({ FunctionError: text.optional(), LogResult: text, StatusCode: z.literal(200) }),
        `lambda invoke --function-name ${consumer} --log-type Tail ${file}`,
        ["--cli-binary-format=raw-in-base64-out", "--payload", JSON.stringify(event)],
      );
    const Sns = { MessageId: "an-id", Message: "Mary", MessageAttributes: {} };
    const greeted = await invoke({ Records: [{ EventSource: "aws:sns", Sns }] });
    expect(greeted.FunctionError).toBeUndefined();
    expect(fs.readFileSync(file, "utf8")).toBe("null");
    const tail = Buffer.from(greeted.LogResult, "base64").toString();
    expect(tail).toContain("Hello Mary. Greetings from InternalLambda!");
    expect(tail).toMatch(/^\{.*platform\.start.*\n.*\n.*platform\.report.*\n$/);

    const failed = await invoke({});
    expect(failed.FunctionError).toBe("Unhandled");
    expect(fs.readFileSync(file, "utf8")).toContain('"errorType":"InvalidEventError"');
  });

  it("finds the functions, and which of them the topic invokes", async () => {
    const [{ Functions }, { Configuration }, { Policy }, { Subscriptions }] = await Promise.all([
      cli().aws(
        z.object({ Functions: z.array(z.object({ FunctionName: text })) }),
        "lambda list-functions",
      ),
      cli().aws(
        z.object({ Configuration: z.object({ FunctionArn: text, State: text }) }),
        `lambda get-function --function-name ${consumer}`,
      ),
      cli().aws(z.object({ Policy: text }), `lambda get-policy --function-name ${consumer}`),
      cli().aws(
        z.object({ Subscriptions: z.array(z.looseObject({})) }),
        `sns list-subscriptions-by-topic --topic-arn ${topicArn}`,
      ),
    ]);
    expect(Functions.map(({ FunctionName }) => FunctionName)).toContain(consumer);
    expect(Configuration.State).toBe("Active");
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Condition: { ArnLike: { "AWS:SourceArn": topicArn } } }],
    });
    expect(Subscriptions).toEqual([
      expect.objectContaining({ Protocol: "lambda", Endpoint: Configuration.FunctionArn }),
    ]);
  });
}
