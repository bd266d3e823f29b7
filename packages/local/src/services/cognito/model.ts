/** The stored form of user pools. Times are milliseconds since 1970. */
import type { JSONWebKeySet } from "jose";
import type { KeyObject } from "node:crypto";
import type { PasswordHash } from "./passwords.ts";
import type { RiskSettings } from "./plus-plan.ts";
import type { ResolvedClient, ResolvedUserPool } from "./settings.ts";

/** A message that AWS would send by e-mail: a confirmation code or a temporary password. */
export interface CodeDelivery {
  kind:
    | "SignUp"
    | "ResendCode"
    | "ForgotPassword"
    | "UpdateUserAttribute"
    | "VerifyUserAttribute"
    | "AdminCreateUser";
  userPoolId: string;
  destination: string;
  /** What the user signs in with, in an invitation. */
  username?: string;
  /** The From address, of a pool that names a sender. */
  from?: string;
  code: string;
}

/** A session: the common claims of its tokens, which are revoked together. */
export interface Session {
  /** The `event_id` claim of all its tokens. */
  id: string;
  /** The `origin_jti` claim of all its tokens, if the client has token revocation enabled. */
  originJti: string;
  /** The user's `sub`, since a deleted user's name can be used again. */
  sub: string;
  clientId: string;
  /** What the client was granted on the login pages; undefined for a sign-in by the API. */
  scopes: readonly string[] | undefined;
  /** The refresh token of the sign-in. */
  originalTokenHash: string;
  /** The latest one, which is the same without rotation. */
  refreshTokenHash: string;
  /** Those that were replaced, the latest last, with the times until which they can be used again. */
  replacedTokens: Map<string, number>;
  refreshExpiresAt: number;
  authenticatedAt: number;
  revoked: boolean;
}

/** What a user is asked for after the password. */
export type ChallengeName = "NEW_PASSWORD_REQUIRED" | "SOFTWARE_TOKEN_MFA" | "MFA_SETUP";

/** An open challenge; its key is the hash of the session that the client has. */
export interface Challenge {
  name: ChallengeName;
  clientId: string;
  expiresAt: number;
  /** The secret of an authenticator that is set up in it; no other session may learn or replace it. */
  pendingSecret: string | undefined;
}

/** A registered authenticator. */
export interface SoftwareToken {
  /** Base32. */
  secret: string;
  /** What the user calls it. */
  friendlyName: string | undefined;
  /** The step of the latest code that was taken: it and those before it are used up. */
  usedStep: number;
}

/** What a confirmation code is for. */
export type CodePurpose = "signUp" | "forgotPassword" | "verifyAttribute";

/** A code as it is kept. */
export interface ConfirmationCode {
  hash: string;
  expiresAt: number;
}

export type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";

export interface User {
  readonly sub: string;
  username: string;
  /** By AWS's names, all values strings, `sub` included. */
  attributes: Map<string, string>;
  /** An address that takes effect when it is verified. */
  pendingEmail: string | undefined;
  status: UserStatus;
  enabled: boolean;
  password: PasswordHash;
  /** Until when a temporary password can be used; undefined for a permanent one. */
  temporaryUntil: number | undefined;
  codes: Map<CodePurpose, ConfirmationCode>;
  challenges: Map<string, Challenge>;
  softwareToken: SoftwareToken | undefined;
  /** The secret of an authenticator that is set up by an access token, and that no code has verified yet. */
  pendingSecret: string | undefined;
  /** Whether the user turned their authenticator on, and prefers it (COGNITO-API/SetUserMFAPreference). */
  totpMfa: { enabled: boolean; preferred: boolean };
  createdAt: number;
  modifiedAt: number;
}

export interface Client {
  id: string;
  secret: string | undefined;
  settings: ResolvedClient;
  createdAt: number;
  modifiedAt: number;
}

export interface Pool {
  id: string;
  arn: string;
  issuer: string;
  settings: ResolvedUserPool;
  signingKey: { id: string; private: KeyObject; public: KeyObject; jwks: JSONWebKeySet };
  clients: Map<string, Client>;
  /** By username. */
  users: Map<string, User>;
  /** The same users by the other names that they answer to; see users.ts. */
  aliases: Map<string, User>;
  sessions: Session[];
  /** What threat protection does: of the pool, and by client. */
  risks: Map<string, RiskSettings>;
  /** Delivers an event of the user activity log; undefined where nothing is to be delivered. */
  logActivity: ((message: string) => void) | undefined;
  createdAt: number;
  modifiedAt: number;
}

/** A client with its pool. */
export interface Owner {
  pool: Pool;
  client: Client;
}
