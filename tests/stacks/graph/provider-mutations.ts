/** What the default provider gives every resource, taken away, and the rule that detects it. */
import { drop, edit, editInput, type MutationRow } from "./mutate.ts";

const LAMBDA = "aws:lambda/function:Function";
const PROVIDER = "pulumi:providers:aws";
const TAGS = "resources-carry-tags";

export const providerMutations: readonly MutationRow[] = [
  [
    "the stage's Region, for another",
    edit(PROVIDER, ["region"], "eu-west-1"),
    "resources-are-of-the-stages-region",
  ],
  ["a tag of every resource", edit(PROVIDER, ["defaultTags"], '{"tags":{"app":"x"}}'), TAGS],
  [
    "the stage in a tag of every resource, for another",
    editInput(PROVIDER, "defaultTags", (tags) =>
      tags.replace(String.raw`\"stage\":\"prod\"`, String.raw`\"stage\":\"dev\"`),
    ),
    TAGS,
  ],
  ["a tag of every resource, by one's own", edit(LAMBDA, ["tags"], { stage: "dev" }), TAGS],
  ["the tags of every resource", edit(PROVIDER, ["defaultTags"], undefined), TAGS],
  ["the provider that has the tags", drop(PROVIDER), TAGS],
];
