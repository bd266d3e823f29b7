/**
 * Every statement of every key policy: taken out, the stage is deployed again, and what needs the
 * statement fails, and nothing else. A copy of the stage, from its graph and with its functions' code,
 * is on a local cloud whose clock the test moves, since services use data keys again for minutes.
 */
import type { GraphResource } from "@secure-lambda/local";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  startDeployableCloud,
  type DeployableCloud,
} from "../../../packages/local/test/resources/deployable-cloud.ts";
import { statementsIn, type Graph } from "../../support/graph.ts";
import { createKeyUses, type KeyUses } from "./key-uses.ts";

const KEY = "aws:kms/key:Key";
const PERMISSION = "aws:lambda/permission:Permission";

/** What has to do with keys, and what a function needs to run. */
const copied = [
  KEY,
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:iam/role:Role",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:lambda/function:Function",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  PERMISSION,
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:sns/topic:Topic",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:sqs/queue:Queue",
  "aws:sqs/queuePolicy:QueuePolicy",
];

/** How long services use a data key again, in milliseconds. */
const reuse = 5 * 60 * 1000;

/** A statement by its key and its Sid: `MessagingKey TopicRedrives`. */
type StatementName = string;

/** What fails without each statement, with the error's code. */
const expected: Readonly<Record<StatementName, object>> = {
  "LogKey Administration": { redeployment: "MalformedPolicyDocumentException" },
  "LogKey LogGroups": { "log of InternalLambda": "lost" },
  "MessagingKey Administration": { redeployment: "MalformedPolicyDocumentException" },
  "MessagingKey ExternalLambdaPublishes": { publication: "KMSAccessDeniedException" },
  "MessagingKey InternalLambdaSendsDeadLetters": { "dead letter of InternalLambda": "lost" },
  "MessagingKey TopicRedrives": { "dead letter of SNS": "lost" },
  "MessagingKey AccountViaService": { "reading dead letters": "KmsAccessDenied" },
  "SecretKey Administration": { redeployment: "MalformedPolicyDocumentException" },
  "SecretKey AccountViaService": {
    "reading the secret": "AccessDeniedException",
    "deploying the secret": "AccessDeniedException",
  },
  "AlarmKey Administration": { redeployment: "MalformedPolicyDocumentException" },
  "AlarmKey AlarmsPublish": { alarm: "KMSAccessDenied" },
};

export function testKeyStatements(graph: () => Graph): void {
  let cloud: DeployableCloud;
  let uses: KeyUses;
  beforeAll(async () => {
    cloud = await startDeployableCloud("refuse", "test");
    uses = createKeyUses(cloud, graph());
  });
  afterAll(async () => {
    uses.close();
    await cloud.stop();
  });

  /** Deploys the copy: without a statement, a permission of SNS, or with another value of the secret. */
  async function deploy({ without, isPermitted = true, secretString }: Changes = {}) {
    const movedTo = new Map<string, string>();
    const toCopy = graph().resources.filter(({ type }) => copied.includes(type));
    await cloud.deploy(async (declare) => {
      for (const resource of toCopy) {
        if (resource.type === PERMISSION && !isPermitted) continue;
        const inputs = { ...moved(resource.inputs, movedTo) };
        if (resource.type === KEY) inputs["policy"] = withoutStatement(resource, inputs, without);
        if ("secretString" in inputs && secretString) inputs["secretString"] = secretString;
        const { id, outputs } = await declare(resource.type, resource.name, inputs);
        for (const [from, to] of [
          [resource.id, id],
          [resource.outputs["arn"], outputs["arn"]],
        ]) {
          if (typeof from === "string" && typeof to === "string") movedTo.set(from, to);
        }
      }
    });
  }

  /** Deploys without a statement, and uses every key in every way; the code of each failure. */
  async function failuresWithout(statement: StatementName): Promise<object> {
    cloud.advance(reuse);
    await deploy();
    // So that the publisher has a data key, and SNS, which has sent no dead letter, has none.
    await uses.publish();
    const redeployment = await failureOf(() => deploy({ without: statement, isPermitted: false }));
    if (redeployment !== undefined) await deploy({ isPermitted: false });
    return {
      redeployment,
      "dead letter of SNS": await failureOf(uses.sendDeadLetterOfTopic),
      ...(await withNewDataKeys()),
      "deploying the secret": await failureOf(() =>
        deploy({
          ...(redeployment === undefined ? { without: statement } : {}),
          isPermitted: false,
          secretString: JSON.stringify({ statement }),
        }),
      ),
    };
  }

  async function withNewDataKeys(): Promise<Record<string, string | undefined>> {
    cloud.advance(reuse);
    return {
      publication: await failureOf(uses.publish),
      "log of InternalLambda": await failureOf(uses.writeLog),
      "dead letter of InternalLambda": await failureOf(uses.failInternalLambda),
      "reading dead letters": await failureOf(uses.readDeadLetters),
      "reading the secret": await failureOf(uses.readSecret),
      alarm: await failureOf(uses.notify),
    };
  }

  it("every statement has a row", () => {
    const statements = graph()
      .all(KEY)
      .flatMap(({ name, inputs }) =>
        statementsIn(inputs["policy"]).map(({ Sid = "" }) => `${name} ${Sid}`),
      );
    expect(statements.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(Object.entries(expected))("%s", async (statement, failures) => {
    await expect(failuresWithout(statement)).resolves.toEqual(failures);
  });

  it("nothing fails with all of them", async () => {
    await expect(failuresWithout("")).resolves.toEqual({});
  });
}

interface Changes {
  readonly without?: StatementName;
  readonly isPermitted?: boolean;
  readonly secretString?: string;
}

/** Inputs that name what was copied by its new ids and ARNs. */
function moved(inputs: GraphResource["inputs"], movedTo: ReadonlyMap<string, string>) {
  let text = JSON.stringify(inputs);
  for (const [from, to] of movedTo) text = text.replaceAll(from, to);
  const copy: Record<string, unknown> = JSON.parse(text);
  return copy;
}

function withoutStatement(
  { name }: GraphResource,
  { policy }: Readonly<Record<string, unknown>>,
  statement: StatementName | undefined,
): string {
  const Statement = statementsIn(policy).filter(({ Sid }) => `${name} ${Sid}` !== statement);
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** The code of the error that an action ends with; undefined if it succeeds. */
async function failureOf(action: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "code" in error ? String(error.code) : error.name;
  }
}
