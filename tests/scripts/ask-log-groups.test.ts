/** What `npm run deploy` asks about log groups, and what it makes of those that are there. */
import { expect, it } from "vitest";
import * as z from "zod";
import { namesOf } from "../../stacks/settings/names.ts";
import { account, deployed, failure, type Answer } from "../support/account-stub.ts";
import { askStub } from "../support/ask-account.ts";
import { resource } from "../support/graph-resource.ts";

const names = namesOf("prod");
const type = "aws:cloudwatch/logGroup:LogGroup";
const deliveries = (id: string) => `sns/us-east-1/${id}/${names.resource("GreetingTopic")}`;
const inAccount = [names.functionLog("ExternalLambda"), names.firewallLog, deliveries(account)];

/** As a rehearsal has it: with the account of the local cloud. */
const graph = [...inAccount.slice(0, -1), deliveries("000000000000")].map((name) =>
  resource(type, name, { name }),
);

const request = z.object({ logGroupNamePrefix: z.string(), limit: z.number().optional() });

/** An account in which these groups exist; as on AWS, sorted and by prefix. */
const having = (...groups: readonly string[]) => ({
  DescribeLogGroups: (body: string): Answer => {
    const { logGroupNamePrefix: prefix, limit } = request.parse(JSON.parse(body));
    const found = groups.filter((name) => name.startsWith(prefix)).toSorted();
    return [200, { logGroups: found.slice(0, limit).map((logGroupName) => ({ logGroupName })) }];
  },
});

it.each(inAccount)("refuses a log group that is there: %s", async (name) => {
  const { refusals } = await askStub({ graph, answers: having(name, `${name}-eu`) });
  expect(refusals).toEqual([
    `There is a log group ${name}, of which SST does not know. Delete it with its lines (aws logs delete-log-group --log-group-name ${name}), or deploy a stage of another name.`,
  ]);
});

it("takes those of other names, and those of the stage that SST has deployed", async () => {
  const others = having(...inAccount.map((name) => `${name}-eu`), deliveries("000000000000"));
  await expect(askStub({ graph, answers: others })).resolves.toMatchObject({ refusals: [] });
  const answers = {
    ...deployed(...inAccount.map((id) => ({ type, id }))),
    ...having(...inAccount),
  };
  await expect(askStub({ graph, answers })).resolves.toMatchObject({ refusals: [] });
});

it("goes on where the operator may not ask, and says what is not known", async () => {
  const answers = { DescribeLogGroups: failure(403, "AccessDeniedException", "No") };
  const { refusals, remarks } = await askStub({ graph, answers });
  expect({ refusals, remarks }).toEqual({
    refusals: [],
    remarks: [
      "Not known: whether log groups are there already. Your credentials do not allow this.",
    ],
  });
});
