/** Step 3: the method's authorizer (APIGW/apigateway-enable-cognito-user-pool). */
import * as z from "zod";
import { stringifyClaims } from "../claims.ts";
import type { TokenVerification, VerifyToken } from "../cognito-token.ts";
import type { ContextVariables } from "../context-variables.ts";
import { errorTable } from "../error-table.ts";
import { GatewayError } from "../gateway-error.ts";
import type { IncomingRequest } from "../incoming-request.ts";
import { compileExpression } from "../../store/expressions.ts";
import type { Authorizer, Method, RestApiDefinition } from "../../store/definition.ts";

const tokenClaims = z.looseObject({
  token_use: z.enum(["id", "access"]),
  scope: z.string().optional(),
  aud: z.string().optional(),
});

type TokenClaims = z.output<typeof tokenClaims>;

/** The handler's dependencies; the time is in ms since 1970. */
interface AuthorizerDeps {
  verifyToken: VerifyToken;
  now: () => number;
}

/**
 * Verifies the caller's token and returns its claims as strings; undefined for an open method.
 * Tokens of any client of the pool are accepted (inferred from the same page); results are not
 * cached. That a Cognito authorizer sets both `$context.authorizer` and `$context.authorize` is
 * assumed.
 * @throws GatewayError unauthorized, expiredToken, or authorizerConfiguration when the pool is
 * unavailable.
 */
export async function authorize(
  method: Method,
  api: RestApiDefinition,
  request: IncomingRequest,
  { verifyToken, now }: AuthorizerDeps,
  variables: ContextVariables,
): Promise<Record<string, string> | undefined> {
  const { authorization } = method;
  if (authorization.type === "NONE") return undefined;
  const authorizer = api.authorizers.get(authorization.authorizerId);
  if (!authorizer) throw new GatewayError("authorizerConfiguration");

  const startedAt = now();
  const recordResult = (status: string, error: string | null) =>
    variables
      .set("authorizer.latency", String(now() - startedAt))
      .set("authorizer.status", status)
      .set("authorizer.error", error)
      .set("authorize.status", status)
      .set("authorize.error", error);
  try {
    const token = tokenOf(request.header(authorizer.header) ?? "", authorizer.header);
    const claims = await verifyWithPools(authorizer, token, verifyToken);
    const refused = refusedClaim(claims, authorizer, authorization.scopes);
    if (refused !== undefined) {
      const { reason, ...facts } = refused;
      throw new GatewayError("unauthorized", { reason, facts });
    }
    recordResult("200", null);
    const texts = stringifyClaims(claims);
    for (const [name, text] of Object.entries(texts))
      variables.set(`authorizer.claims.${name}`, text);
    return texts;
  } catch (error) {
    if (error instanceof GatewayError) {
      const { status, message } = errorTable[error.kind];
      recordResult(String(status), message);
    }
    throw error;
  }
}

/** The claim for which a token is refused, and why. */
function refusedClaim(
  claims: TokenClaims,
  authorizer: Authorizer,
  scopes: readonly string[],
): { readonly claim: string; readonly reason: string } | undefined {
  if (!matchesAudience(claims, authorizer)) {
    return { claim: "aud", reason: `the claim aud does not match ${authorizer.audience}` };
  }
  if (scopes.length > 0) {
    if (hasScope(claims, scopes)) return undefined;
    return { claim: "scope", reason: `it is no access token with a scope of ${scopes.join(", ")}` };
  }
  if (claims.token_use === "id") return undefined;
  return { claim: "token_use", reason: "it is an access token; this method takes ID tokens" };
}

/** Assumed: the scheme is optional, since AWS's own guides differ. */
function tokenOf(value: string, header: string): string {
  const token = value.replace(/^bearer\s+/i, "").trim();
  if (token !== "") return token;
  throw new GatewayError("unauthorized", { reason: `there is no token in ${header}` });
}

async function verifyWithPools(
  { providerArns }: Authorizer,
  token: string,
  verifyToken: VerifyToken,
): Promise<TokenClaims> {
  let verifications: TokenVerification[];
  try {
    verifications = await Promise.all(providerArns.map((arn) => verifyToken(arn, token)));
  } catch (cause) {
    throw new GatewayError("authorizerConfiguration", { cause });
  }
  const accepted = verifications.find((verification) => verification.ok);
  if (accepted) {
    const claims = tokenClaims.safeParse(accepted.claims);
    if (claims.success) return claims.data;
  }
  const rejected = verifications.filter((verification) => !verification.ok);
  const expired = rejected.find(({ reason }) => reason === "expired");
  const { problem: reason = "the token is not valid" } = expired ?? rejected[0] ?? {};
  const facts = { userPools: providerArns.map((arn) => arn.split("/").at(-1)).join(", ") };
  throw new GatewayError(expired ? "expiredToken" : "unauthorized", { reason, facts });
}

/** The expression is for `aud`, which access tokens lack: they are rejected (documented). */
function matchesAudience({ aud }: TokenClaims, { audience }: Authorizer): boolean {
  if (audience === undefined) return true;
  return aud !== undefined && compileExpression(audience).matches(aud);
}

function hasScope({ token_use: use, scope = "" }: TokenClaims, scopes: readonly string[]): boolean {
  return use === "access" && scope.split(" ").some((granted) => scopes.includes(granted));
}
