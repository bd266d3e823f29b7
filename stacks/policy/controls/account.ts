/** Controls of tags and of the account. */
import type { Control } from "./control.ts";

/** By number. */
export const accountControls: readonly Control[] = [
  {
    number: 106,
    area: "Tags, account",
    control: "Resources carry tags",
    ids: "SecHub Lambda.6, SNS.3, SQS.2, SecretsManager.5 (and similar)",
    decision: "met",
    note: "app and stage, and owner where a stage names one, by the provider's default tags.",
    held: {
      "resources-carry-tags": [
        "a tag of every resource",
        "a tag of every resource, by one's own",
        "the tags of every resource",
      ],
    },
  },
  {
    number: 107,
    area: "Tags, account",
    control: "Trail, Config, GuardDuty, Inspector, Security Hub on",
    ids: "SecHub CloudTrail.*, Config.1, GuardDuty.*, Inspector.*",
    decision: "account",
    reason:
      "The owner of the account turns on CloudTrail, Config, GuardDuty, Inspector and Security Hub.",
  },
];
