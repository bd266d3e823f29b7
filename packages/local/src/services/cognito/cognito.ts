/** Cognito user pools: a service of the endpoint, and the interface for deployments and the gateway. */
import type { JSONWebKeySet } from "jose";
import { jsonService, parseJson, textMember } from "../../aws-protocol/json-protocol.ts";
import type { AwsEnvironment } from "../../aws-protocol/aws-environment.ts";
import type { AwsService } from "../../aws-protocol/service.ts";
import { accountOperations } from "./account.ts";
import { adminOperations } from "./admin.ts";
import type { Context } from "./context.ts";
import { describeOperations } from "./describe.ts";
import { invalidParameterCode } from "./errors.ts";
import { checkCall } from "./firewall.ts";
import { createAdmit } from "./limits.ts";
import { createLockOut } from "./lock-out.ts";
import type { CodeDelivery } from "./model.ts";
import { mfaOperations } from "./mfa.ts";
import { createPools } from "./pools.ts";
import { recoveryOperations } from "./recovery.ts";
import { createSecretBlocks } from "./secret-block.ts";
import type { ClientSettings, UserPoolSettings } from "./settings.ts";
import { refreshOperations } from "./refresh-flow.ts";
import { signInOperations } from "./sign-in.ts";
import { signUpOperations } from "./sign-up.ts";
import { requirePlus, type RiskSettings } from "./plus-plan.ts";
import { userAttributeOperations } from "./user-attributes.ts";
import { publicDocument } from "./well-known.ts";

/** A user pool as a deployment sees it; `endpoint` is host and path, without a scheme. */
export interface UserPool {
  id: string;
  arn: string;
  endpoint: string;
}
/** An app client as a deployment sees it. */
export interface UserPoolClient {
  clientId: string;
  clientSecret?: string;
}

/** Writes an event of a user activity log; the time is in milliseconds since 1970. */
export type WriteActivity = (message: string, timestamp: number) => void;

/** The options of Cognito. */
export type CognitoOptions = AwsEnvironment & {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** The address below which the login pages of each domain are; asked when one is named. */
  loginUrl: () => string;
  /** Receives what AWS would send by e-mail; default: discarded. */
  deliver?: (delivery: CodeDelivery) => void;
  firewall: Context["firewall"];
};

/** Cognito as the local cloud uses it. Methods throw AwsError for pools or clients that do not exist. */
export interface Cognito {
  service: AwsService;
  /** What the login pages share with the operations. */
  context: Context;
  /** @throws AwsError for invalid settings. */
  createUserPool(settings: UserPoolSettings): Promise<UserPool>;
  /** Replaces the settings. @throws AwsError when they change how users sign in. */
  updateUserPool(userPoolId: string, settings: UserPoolSettings): void;
  deleteUserPool(userPoolId: string): void;
  createClient(userPoolId: string, settings: ClientSettings): UserPoolClient;
  /** Replaces the settings; the secret stays. */
  updateClient(userPoolId: string, clientId: string, settings: ClientSettings): void;
  deleteClient(userPoolId: string, clientId: string): void;
  /** Sets what threat protection does in a pool, or for a client of it. @throws AwsError without the Plus plan. */
  setRisks(userPoolId: string, clientId: string, risks: RiskSettings | undefined): void;
  /** Delivers the user activity log of a pool. @throws AwsError without the Plus plan. */
  deliverActivity(userPoolId: string, write: WriteActivity | undefined): void;
  /** Serves login pages for a pool. @throws AwsError for a domain that is taken. */
  createDomain(userPoolId: string, domain: string): void;
  deleteDomain(domain: string): void;
  /** The addresses of the login pages of each domain. */
  loginUrls(): string[];
  /** The public keys of a pool. */
  jwks(userPoolId: string): JSONWebKeySet;
  /** The issuer in a pool's tokens: AWS's own, so that verifiers work unchanged. */
  issuer(userPoolId: string): string;
  /** The public documents below a pool's issuer; undefined for any other path. */
  publicDocument(path: string): object | undefined;
}

/** The unsigned operations: their inputs contain tokens, secrets or codes as credentials. */
const publicOperations = [
  "SignUp",
  "ConfirmSignUp",
  "ResendConfirmationCode",
  "InitiateAuth",
  "RespondToAuthChallenge",
  "ForgotPassword",
  "ConfirmForgotPassword",
  "AssociateSoftwareToken",
  "VerifySoftwareToken",
  "SetUserMFAPreference",
  "GetUser",
  "UpdateUserAttributes",
  "GetUserAttributeVerificationCode",
  "VerifyUserAttribute",
  "ChangePassword",
  "GlobalSignOut",
  "GetTokensFromRefreshToken",
  "RevokeToken",
];

/** Creates a Cognito without pools. */
export function createCognito(options: CognitoOptions): Cognito {
  const {
    region,
    account,
    firewall,
    loginUrl,
    now = Date.now,
    deliver = () => undefined,
  } = options;
  const pools = createPools({ region, account, now });
  const limits = { admit: createAdmit(now), checkPassword: createLockOut(now) };
  const secretBlocks = createSecretBlocks(now);
  const context: Context = { pools, now, deliver: send, ...limits, secretBlocks, firewall };

  /** From the sender that the pool names. */
  function send(delivery: CodeDelivery): void {
    const { sender } = pools.pool(delivery.userPoolId).settings;
    deliver(sender === undefined ? delivery : { ...delivery, from: sender });
  }

  const service = jsonService({
    targetPrefix: "AWSCognitoIdentityProviderService",
    invalidInput: invalidParameterCode,
    publicOperations,
    resourceOf(input) {
      const pool = textMember(input, "UserPoolId");
      return pool && `arn:aws:cognito-idp:${region}:${account}:userpool/${pool}`;
    },
    operations: {
      ...signUpOperations(context),
      ...signInOperations(context),
      ...mfaOperations(context),
      ...refreshOperations(context),
      ...recoveryOperations(context),
      ...accountOperations(context),
      ...userAttributeOperations(context),
      ...adminOperations(context),
      ...describeOperations(context),
    },
  });
  return {
    context,
    service: {
      ...service,
      async handle(call) {
        const answered = publicOperations.includes(call.operation)
          ? checkCall({ pools, firewall }, call, parseJson(call.request.body))
          : undefined;
        return answered ?? service.handle(call);
      },
    },
    async createUserPool(settings) {
      const { id, arn, issuer } = await pools.create(settings);
      return { id, arn, endpoint: issuer.replace("https://", "") };
    },
    updateUserPool(userPoolId, settings) {
      pools.update(userPoolId, settings);
    },
    deleteUserPool(userPoolId) {
      pools.delete(userPoolId);
    },
    createClient(userPoolId, settings) {
      const { id, secret } = pools.createClient(userPoolId, settings);
      return { clientId: id, ...(secret === undefined ? {} : { clientSecret: secret }) };
    },
    updateClient(userPoolId, clientId, settings) {
      pools.updateClient(userPoolId, clientId, settings);
    },
    deleteClient(userPoolId, clientId) {
      pools.deleteClient(userPoolId, clientId);
    },
    setRisks(userPoolId, clientId, risks) {
      const pool = pools.pool(userPoolId);
      if (risks === undefined) {
        pool.risks.delete(clientId);
        return;
      }
      requirePlus(pool.settings);
      pool.risks.set(clientId, risks);
    },
    deliverActivity(userPoolId, write) {
      const pool = pools.pool(userPoolId);
      if (write !== undefined) requirePlus(pool.settings);
      pool.logActivity = write && ((message) => write(message, now()));
    },
    createDomain(userPoolId, domain) {
      pools.createDomain(userPoolId, domain);
    },
    deleteDomain(domain) {
      pools.deleteDomain(domain);
    },
    loginUrls: () =>
      pools
        .domains()
        .map((domain) => `${loginUrl()}/${domain}`)
        .toSorted(),
    jwks: (userPoolId) => pools.pool(userPoolId).signingKey.jwks,
    issuer: (userPoolId) => pools.pool(userPoolId).issuer,
    publicDocument: (path) => publicDocument(pools, path, loginUrl()),
  };
}
