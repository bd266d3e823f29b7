/** Each control of user pools and their clients removed, and the rule that detects it. */
import { edit, type MutationRow } from "./mutate.ts";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const STRONG = "pools-require-strong-passwords";
const ROTATE = "refresh-tokens-rotate";
const ATTRIBUTES = "clients-write-named-attributes";
const HARDENED = "clients-are-hardened";

export const identityMutations: readonly MutationRow[] = [
  ["long passwords", edit(POOL, ["passwordPolicy"], undefined), STRONG],
  [
    "the last two characters of passwords",
    edit(POOL, ["passwordPolicy", "minimumLength"], 13),
    STRONG,
  ],
  ...["Lowercase", "Uppercase", "Numbers", "Symbols"].map((characters): MutationRow => [
    `the ${characters.toLowerCase()} of passwords`,
    edit(POOL, ["passwordPolicy", `require${characters}`], false),
    STRONG,
  ]),
  [
    "the expiry of temporary passwords",
    edit(POOL, ["passwordPolicy", "temporaryPasswordValidityDays"], 8),
    STRONG,
  ],
  [
    "the verification of new addresses",
    edit(POOL, ["userAttributeUpdateSettings"], undefined),
    "pools-verify-new-addresses",
  ],
  [
    "the restriction of recovery to verified addresses",
    edit(POOL, ["accountRecoverySetting"], {
      recoveryMechanisms: [{ name: "verified_phone_number", priority: 1 }],
    }),
    "pools-verify-new-addresses",
  ],
  [
    "the verification of addresses",
    edit(POOL, ["autoVerifiedAttributes"], ["phone_number"]),
    "pools-verify-new-addresses",
  ],
  [
    "one user for a name in any case",
    edit(POOL, ["usernameConfiguration", "caseSensitive"], true),
    "pools-ignore-case",
  ],
  ["the named sign-ins, for those of Cognito", edit(CLIENT, ["explicitAuthFlows"], []), HARDENED],
  ["sign-ins by no function", edit(CLIENT, ["explicitAuthFlows"], ["ALLOW_CUSTOM_AUTH"]), HARDENED],
  [
    "the restriction of tokens to who their user is",
    edit(CLIENT, ["allowedOauthScopes"], ["aws.cognito.signin.user.admin"]),
    HARDENED,
  ],
  [
    "the pool's own users only",
    edit(CLIENT, ["supportedIdentityProviders"], ["COGNITO", "Other"]),
    HARDENED,
  ],
  ["the end of refreshing", edit(CLIENT, ["refreshTokenValidity"], 3_650), ROTATE],
  [
    "the secrecy of which users exist",
    edit(CLIENT, ["preventUserExistenceErrors"], "LEGACY"),
    HARDENED,
  ],
  ["the revocation of tokens", edit(CLIENT, ["enableTokenRevocation"], false), HARDENED],
  [
    "the restriction to the code grant",
    edit(CLIENT, ["allowedOauthFlows"], ["code", "implicit"]),
    HARDENED,
  ],
  ["the short lifetime of tokens", edit(CLIENT, ["idTokenValidity"], 24), HARDENED],
  ["the rotation of refresh tokens", edit(CLIENT, ["refreshTokenRotation"], undefined), ROTATE],
  [
    "the short time in which a refresh token works again",
    edit(CLIENT, ["refreshTokenRotation", "retryGracePeriodSeconds"], 60),
    ROTATE,
  ],
  [
    "the rotation, by the flow without it",
    edit(CLIENT, ["explicitAuthFlows"], ["ALLOW_REFRESH_TOKEN_AUTH"]),
    ROTATE,
  ],
  ["the attributes to write", edit(CLIENT, ["writeAttributes"], []), ATTRIBUTES],
  [
    "the attributes that users may not write",
    edit(CLIENT, ["writeAttributes"], ["locale", "name"]),
    ATTRIBUTES,
  ],
  ["the attributes to read", edit(CLIENT, ["readAttributes"], undefined), ATTRIBUTES],
];
