/** Resources that are only looked up, perhaps another account's, in place of those of this app. */
import { alsoSubscribe } from "./data-flow-mutations.ts";
import { add, edit, type Mutation, type MutationRow } from "./mutate.ts";

const STRANGER = "arn:aws:lambda:us-east-1:999999999999:function:stranger";
const FIREWALL = "arn:aws:wafv2:us-east-1:999999999999:regional/webacl/other/1";
const KEY = "arn:aws:kms:us-east-1:999999999999:key/other";

/** Looks a resource up, as `Type.get(…)` does, then changes the graph. */
const lookUp =
  (type: string, arn: string, change: Mutation): Mutation =>
  (graph) =>
    change(graph).concat(
      add(type, {})([]).map((one) => ({ ...one, existing: true, outputs: { arn } })),
    );

export const lookedUpMutations: readonly MutationRow[] = [
  [
    "the messages of this app, for a function that is only looked up",
    lookUp("aws:lambda/function:Function", STRANGER, alsoSubscribe("lambda", STRANGER)),
    "data-stays-in-this-app",
  ],
  [
    "the firewall, for one that is only looked up",
    lookUp(
      "aws:wafv2/webAcl:WebAcl",
      FIREWALL,
      edit(
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        ["webAclArn"],
        FIREWALL,
        "FirewallAssociation",
      ),
    ),
    "stages-are-behind-a-firewall",
  ],
  [
    "the topic's key, for one that is only looked up",
    lookUp("aws:kms/key:Key", KEY, edit("aws:sns/topic:Topic", ["kmsMasterKeyId"], KEY)),
    "encrypted-at-rest",
  ],
];
