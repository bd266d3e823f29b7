/** Controls of user pools. */
import type { Control } from "./control.ts";

/** By number. */
export const cognitoControls: readonly Control[] = [
  {
    number: 23,
    area: "Cognito",
    control: "Strong password policy (>= 8, all four classes)",
    ids: "SecHub Cognito.3; AwsSolutions-COG1; prowler password_policy_lowercase/uppercase/number/symbol",
    decision: "met",
    held: {
      "pools-require-strong-passwords": [
        "long passwords",
        "the lowercase of passwords",
        "the uppercase of passwords",
        "the numbers of passwords",
        "the symbols of passwords",
      ],
    },
  },
  {
    number: 24,
    area: "Cognito",
    control: "Minimum password length 14",
    ids: "prowler cognito_user_pool_password_policy_minimum_length_14",
    decision: "met",
    held: { "pools-require-strong-passwords": ["the last two characters of passwords"] },
  },
  {
    number: 25,
    area: "Cognito",
    control: "Passwords are checked against known-bad lists",
    ids: "ASVS 6.2.4, 6.2.12; Cognito compromised-credentials check (Plus)",
    decision: "setting",
    setting: "userPoolPlan",
    reason:
      "Cognito compares passwords with known ones on its Plus plan only, which bills every active user: a stage that sets it refuses such passwords at sign-in, sign-up and change. A sign-in by SRP does not show the password.",
    held: {
      "compromised-passwords-are-refused": [
        "the refusal of compromised passwords",
        "the refusal of compromised passwords at a sign-in",
      ],
    },
  },
  {
    number: 26,
    area: "Cognito",
    control: "MFA required",
    ids: "SecHub Cognito.5; AwsSolutions-COG2; prowler cognito_user_pool_mfa_enabled",
    decision: "met",
    held: { "pools-require-mfa": ["the second factor"] },
  },
  {
    number: 27,
    area: "Cognito",
    control: "Deletion protection",
    ids: "SecHub Cognito.6; prowler cognito_user_pool_deletion_protection_enabled",
    decision: "met",
    held: { "pools-are-protected-from-deletion": ["the protection of pools from deletion"] },
  },
  {
    number: 28,
    area: "Cognito",
    control:
      "Threat protection in full-function mode (standard and custom sign-in; compromised passwords; risky sign-ins)",
    ids: "SecHub Cognito.1, Cognito.4; AwsSolutions-COG8; prowler _advanced_security_enabled, _blocks_compromised_credentials_sign_in_attempts, _blocks_potential_malicious_sign_in_attempts",
    decision: "setting",
    setting: "userPoolPlan",
    reason:
      "Needs Cognito's Plus plan, which bills every active user. A stage without it has Cognito's own lock-out, one-time passwords (control 26) and limits of rate in its place.",
    held: {
      "threat-protection-is-enforced": [
        "the enforcement of threat protection",
        "the enforcement of threat protection at custom sign-ins",
      ],
      "risks-are-answered": [
        "what threat protection does",
        "the plan that threat protection needs",
        "the risk configuration of a whole pool",
      ],
      "risky-sign-ins-are-blocked": [
        "the block of sign-ins of high risk",
        "the second factor at a medium risk",
        "the assessment of risks, for some addresses",
      ],
    },
  },
  {
    number: 29,
    area: "Cognito",
    control: "No guest identity pool",
    ids: "SecHub Cognito.2; AwsSolutions-COG7; CKV_AWS_366; prowler cognito_identity_pool_guest_access_disabled",
    decision: "n/a",
    reason: "No identity pool.",
    held: { "types-are-known": ["the refusal of an identity pool"] },
  },
  {
    number: 30,
    area: "Cognito",
    control: "Self-registration off",
    ids: "prowler cognito_user_pool_self_registration_disabled; hackingthe.cloud 'unintended self sign-up'",
    decision: "met",
    held: { "administrators-create-users": ["that administrators create users"] },
  },
  {
    number: 31,
    area: "Cognito",
    control: "Temporary passwords expire within 7 days",
    ids: "prowler cognito_user_pool_temporary_password_expiration",
    decision: "met",
    held: { "pools-require-strong-passwords": ["the expiry of temporary passwords"] },
  },
  {
    number: 32,
    area: "Cognito",
    control: "Sign-in errors do not tell who is a user",
    ids: "prowler cognito_user_pool_client_prevent_user_existence_errors",
    decision: "met",
    held: { "clients-are-hardened": ["the secrecy of which users exist"] },
  },
  {
    number: 33,
    area: "Cognito",
    control: "Token revocation on",
    ids: "prowler cognito_user_pool_client_token_revocation_enabled",
    decision: "met",
    held: { "clients-are-hardened": ["the revocation of tokens"] },
  },
  {
    number: 34,
    area: "Cognito",
    control: "WAF web ACL on the user pools",
    ids: "prowler cognito_user_pool_waf_acl_attached; AWS docs user-pool-waf",
    decision: "met",
    held: {
      "pools-are-behind-a-firewall": ["the firewall's association with a user pool"],
      "sign-ins-are-limited": [
        "the limit of sign-ins",
        "the limit of sign-ins, for one path only",
        "the limit of sign-ins, for another method",
      ],
    },
  },
  {
    number: 35,
    area: "Cognito",
    control: "Refresh-token rotation",
    ids: "AWS docs amazon-cognito-user-pools-using-the-refresh-token; AWS Threat Technique Catalog T1098.A006",
    decision: "met",
    held: {
      "refresh-tokens-rotate": [
        "the rotation of refresh tokens",
        "the short time in which a refresh token works again",
        "the rotation, by the flow without it",
      ],
    },
  },
  {
    number: 36,
    area: "Cognito",
    control: "Clients may write only named attributes",
    ids: "AWS docs (default WriteAttributes = all standard); Cognito attack guides",
    decision: "met",
    held: {
      "clients-write-named-attributes": [
        "the attributes to write",
        "the attributes that users may not write",
        "the attributes to read",
      ],
      "administrators-change-addresses": ["that administrators change addresses"],
    },
  },
  {
    number: 37,
    area: "Cognito",
    control: "No password-in-the-clear flows on public clients in production",
    ids: "AWS docs authentication flows (SRP preferred); docs/security.md names the choice",
    decision: "met",
    held: {
      "sign-ins-send-no-password": [
        "sign-in by SRP only, by ALLOW_USER_PASSWORD_AUTH",
        "sign-in by SRP only, by ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "sign-in by SRP only, by ALLOW_USER_AUTH",
      ],
    },
    note: "The login pages take a password over TLS, in stages that name a web application.",
  },
  {
    number: 38,
    area: "Cognito",
    control: "Call-back addresses are https and named",
    ids: "ASVS 10.4.1; RFC 9700",
    decision: "met",
    held: {
      "call-backs-are-https": [
        "call-back addresses other than the user's own machine",
        "the web application that the stage names, by another in callbackUrls",
        "sign-out addresses other than the user's own machine",
      ],
    },
    note: "A stage that names no web application has no call-back and no code grant.",
  },
  {
    number: 39,
    area: "Cognito",
    control: "E-mail changes are verified before they count",
    ids: "bedefended.com; AWS docs attributesRequireVerificationBeforeUpdate",
    decision: "met",
    held: { "pools-verify-new-addresses": ["the verification of new addresses"] },
  },
  {
    number: 40,
    area: "Cognito",
    control: "Sign-in attempts are logged",
    ids: "ASVS 16.3.1; Cognito log delivery (userAuthEvents, Plus plan)",
    decision: "setting",
    setting: "userPoolPlan",
    reason:
      "Cognito delivers sign-in events on its Plus plan only (control 28): to a log group of the stage, which has no key, since Cognito takes none. Its calls are in CloudTrail.",
    held: {
      "sign-ins-are-logged": [
        "the log of sign-ins",
        "the log of sign-ins, which has events of mails only",
        "the log of sign-ins, to which Cognito cannot write",
      ],
    },
  },
  {
    number: 41,
    area: "Cognito",
    control: "Production mail goes through SES",
    ids: "AWS docs user-pool-email (daily limit of COGNITO_DEFAULT)",
    decision: "setting",
    setting: "mailFrom",
    reason:
      "A sender of one's own needs an identity that SES has verified, which no template has. Cognito's default sender has a limit of mails a day: docs/operations.md.",
    held: {
      "mail-comes-from-this-account": [
        "the account's own sender",
        "the sender's own address",
        "the account's own sender, beside Cognito's",
        "the sender of notifications",
        "the account's own sender of notifications",
      ],
    },
  },
  {
    number: 42,
    area: "Cognito",
    control: "Access rather than ID tokens authorise calls; scopes are checked",
    ids: "ASVS 9.2.2, 10.3.2",
    decision: "excepted",
    reason:
      "ID tokens are what the guide that this app follows asks for; the function checks their use, issuer and audience again.",
  },
  {
    number: 43,
    area: "Cognito",
    control: "Sender-constrained tokens",
    ids: "ASVS 10.3.5 (L3)",
    decision: "excepted",
    reason: "Cognito has no sender-constrained tokens for user pools. Tokens last for one hour.",
    held: { "clients-are-hardened": ["the short lifetime of tokens"] },
  },
];
