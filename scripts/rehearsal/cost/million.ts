/** What a million accepted requests add: each invokes the functions behind the API and the topic. */
import type { GraphResource } from "@secure-lambda/local";
import * as z from "zod";
import type { GraphView } from "../graph-view.ts";
import { itemOf, type Item } from "./item.ts";
import { prices } from "./prices.ts";

/** With this memory a function has one CPU (documented: LAMBDA/configuration-memory). */
const MEMORY_OF_A_CPU = 1_769;

/** CPU time of a warm request, and what it waits, in milliseconds (docs/operations.md, Lambda time). */
const behindTheApi = { cpu: 0.543, waiting: 15 };
const behindATopic = { cpu: 0.5, waiting: 0 };

/** kB of a log for a request, measured on the local cloud; CloudWatch adds 0.05 to each line. */
const firewallLog = 1.25;
const accessLog = 0.55;
const deliveryLog = 0.55;
const logOf = { behindTheApi: 0.85, behindATopic: 0.75 };

/** kB of its log that WAF's price includes. */
const INCLUDED_LOG = 0.5;

/** kB that a response sends to the internet. */
const RESPONSE = 1.5;

/** The share of requests that X-Ray traces. */
const TRACED = 0.05;

const functionSchema = z.object({
  memorySize: z.number().default(128),
  architectures: z.array(z.string()).default(["x86_64"]),
  loggingConfig: z.object({ logGroup: z.string().optional() }).default({}),
});

/** The items of a million requests. */
export function millionRequests(graph: GraphView): Item[] {
  const apis = graph.all("aws:apigateway/restApi:RestApi").length;
  if (apis === 0) return [];
  const firewalls = graph.all("aws:wafv2/webAclAssociation:WebAclAssociation").length;
  const lambdas = graph.all("aws:lambda/function:Function");
  const topics = graph
    .all("aws:sns/topicSubscription:TopicSubscription")
    .filter(({ inputs }) => inputs["protocol"] === "lambda");
  const traced = graph
    .all("aws:apigateway/stage:Stage")
    .some(({ inputs }) => inputs["xrayTracingEnabled"] === true);
  const logs = logsOf(graph, lambdas);
  const takenIn = sum(logs.map(({ kB }) => kB)) - (firewalls > 0 ? INCLUDED_LOG : 0);
  return [
    ...itemOf("API Gateway requests", 1, prices.apiRequests),
    ...itemOf("WAF requests", Math.min(firewalls, 1), prices.firewallRequests),
    ...itemOf("Lambda requests", lambdas.length, prices.invocations),
    ...lambdaTime(graph, lambdas),
    ...itemOf("SNS messages, to Lambda free", topics.length, prices.publications),
    ...itemOf("Logs, taking in", takenIn, prices.logsTakenIn),
    ...itemOf("Logs, keeping, at most", sum(logs.map(gigabyteMonths)), prices.logsKept),
    ...itemOf("X-Ray traces, of 5 %", traced ? TRACED : 0, prices.traces),
    ...itemOf("Data to the internet", RESPONSE, prices.dataOut),
  ];
}

function lambdaTime(graph: GraphView, lambdas: readonly GraphResource[]): Item[] {
  const times = lambdas.map((lambda) => {
    const { memorySize, architectures } = functionSchema.parse(lambda.inputs);
    const { cpu, waiting } = isBehindTheApi(graph, lambda) ? behindTheApi : behindATopic;
    const billed = Math.ceil((cpu * MEMORY_OF_A_CPU) / memorySize + waiting);
    return {
      price: architectures.includes("arm64") ? prices.arm64 : prices.x86,
      gigabyteSeconds: (billed * memorySize * 1_000) / 1_024,
    };
  });
  return [prices.arm64, prices.x86].flatMap((price) => {
    const ofPrice = times.filter((time) => time.price === price);
    const total = sum(ofPrice.map(({ gigabyteSeconds }) => gigabyteSeconds));
    return itemOf("Lambda time", total, price);
  });
}

interface Log {
  readonly kB: number;
  readonly days: number;
}

const groupSchema = z.object({ name: z.string(), retentionInDays: z.number().default(0) });

/** Percent of delivered messages. */
const topicSchema = z.object({ lambdaSuccessFeedbackSampleRate: z.number().default(0) });

/** The logs that have a line for each request. */
function logsOf(graph: GraphView, lambdas: readonly GraphResource[]): Log[] {
  const ofFunctions = new Map(
    lambdas.map((lambda) => [
      functionSchema.parse(lambda.inputs).loggingConfig.logGroup,
      isBehindTheApi(graph, lambda) ? logOf.behindTheApi : logOf.behindATopic,
    ]),
  );
  const ofDeliveries = new Map(
    graph
      .all("aws:sns/topic:Topic")
      .map(({ inputs, outputs }) => [
        `sns/${String(outputs["arn"]).split(":").slice(3).join("/")}`,
        (deliveryLog * topicSchema.parse(inputs).lambdaSuccessFeedbackSampleRate) / 100,
      ]),
  );
  return graph.all("aws:cloudwatch/logGroup:LogGroup").flatMap(({ inputs }) => {
    const { name, retentionInDays: days } = groupSchema.parse(inputs);
    const kB = name.startsWith("aws-waf-logs-")
      ? firewallLog
      : name.startsWith("/aws/vendedlogs/apis/")
        ? accessLog
        : (ofFunctions.get(name) ?? ofDeliveries.get(name));
    return kB === undefined ? [] : [{ kB, days }];
  });
}

/** A million lines of so many kB are as many GB; 0 days keep them forever, of which a year counts. */
const gigabyteMonths = ({ kB, days }: Log) => (kB * Math.min(days || 365, 365) * 12) / 365;

const isBehindTheApi = (graph: GraphView, { outputs }: GraphResource) =>
  graph
    .all("aws:apigateway/integration:Integration")
    .some(({ inputs }) => inputs["uri"] === outputs["invokeArn"]);

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
