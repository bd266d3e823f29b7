/** Ways past a key's policy, and the rule that detects each. */
import { editPolicy, type MutationRow } from "./mutate.ts";

const KEY = "aws:kms/key:Key";
const THROUGH_SERVICES = "keys-are-used-through-services";

/** Lets the account do one thing more, with no condition. */
const administering = (action: string) =>
  editPolicy(KEY, (text) =>
    text.replace('"kms:CancelKeyDeletion"', `"${action}","kms:CancelKeyDeletion"`),
  );

/** Has a key used through other services. */
const through = (rewrite: (service: string) => string) =>
  editPolicy(KEY, (text) =>
    text.replaceAll(
      /"kms:ViaService":("[^"]*")/g,
      (_, service: string) => `"kms:ViaService":${rewrite(service)}`,
    ),
  );

export const keyMutations: readonly MutationRow[] = [
  [
    "the use of a key through services, for the whole account",
    administering("kms:Decrypt"),
    THROUGH_SERVICES,
  ],
  [
    "the use of a key through services, for who is of the account",
    editPolicy(KEY, (text) => text.replace('"kms:ViaService"', '"kms:CallerAccount"')),
    THROUGH_SERVICES,
  ],
  ...["kms:ReplicateKey", "kms:ImportKeyMaterial", "kms:DeriveSharedSecret"].map(
    (action): MutationRow => [
      `the use of a key through services, by ${action}`,
      administering(action),
      THROUGH_SERVICES,
    ],
  ),
  [
    "the use of a key through services, for who is beside one",
    editPolicy(KEY, (text) =>
      text.replace(
        '"Principal":{"Service":"sns.amazonaws.com"}',
        '"Principal":{"Service":"sns.amazonaws.com","AWS":"arn:aws:iam::000000000000:root"}',
      ),
    ),
    THROUGH_SERVICES,
  ],
  [
    "the services of this app as those that use a key, and another",
    through((service) => `[${service},"s3.us-east-1.amazonaws.com"]`),
    THROUGH_SERVICES,
  ],
  [
    "the services of this app as those that use a key, for others",
    through(() => '"ssm.us-east-1.amazonaws.com"'),
    THROUGH_SERVICES,
  ],
  [
    "the services of this app as those that use a key, in another Region",
    through((service) => service.replace("us-east-1", "eu-west-1")),
    THROUGH_SERVICES,
  ],
  [
    "the roles that may use a key",
    editPolicy(KEY, (text) => text.replaceAll(/"ArnEquals":\{"aws:PrincipalArn":"[^"]*"\},/g, "")),
    THROUGH_SERVICES,
  ],
  [
    "the roles that may use a key, for all but them",
    editPolicy(KEY, (text) =>
      text.replaceAll('"ArnEquals":{"aws:PrincipalArn"', '"ArnNotEquals":{"aws:PrincipalArn"'),
    ),
    THROUGH_SERVICES,
  ],
  [
    "what is done with a key through a service, by a grant for others",
    editPolicy(KEY, (text) =>
      text.replaceAll(
        /"Action":\["kms:Decrypt"(,"kms:GenerateDataKey")?\],"Resource":"\*","Condition":\{"StringEquals"/g,
        '"Action":["kms:CreateGrant"],"Resource":"*","Condition":{"StringEquals"',
      ),
    ),
    THROUGH_SERVICES,
  ],
];
