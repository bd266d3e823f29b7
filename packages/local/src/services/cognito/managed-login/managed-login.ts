/** The login pages and OAuth endpoints of every domain, below `/DOMAIN` (documented: COGNITO/managed-login-endpoints, COGNITO/federation-endpoints). */
import { Hono, type Context as Call } from "hono";
import { equalInConstantTime } from "../constant-time.ts";
import type { Context } from "../context.ts";
import { renderBlock } from "../../waf/evaluation/block-response.ts";
import { blocked, checkPage } from "../firewall.ts";
import type { Pool } from "../model.ts";
import { createAuthorizationCodes } from "../oauth/authorization-codes.ts";
import { errorRedirect, readAuthorizationRequest } from "../oauth/authorization-request.ts";
import { clientIdOf, readForm } from "../oauth/client-request.ts";
import { createEndpoints } from "../oauth/endpoints.ts";
import { OAuthError } from "../oauth/oauth-error.ts";
import { afterLogout } from "../oauth/logout-request.ts";
import { parametersOf } from "../oauth/parameters.ts";
import { startingPoints } from "../oauth/starting-points.ts";
import { createBrowsers } from "./browsers.ts";
import { redirectTo, plainPage, show } from "./page.ts";
import * as pages from "./pages.ts";
import { recoverySteps } from "./recovery-steps.ts";
import { signInSteps } from "./sign-in-steps.ts";
import { signUpSteps } from "./sign-up-steps.ts";
import type { Steps } from "./step.ts";
import type { Visit } from "./visit.ts";

/** What the pages are created with. */
export interface ManagedLoginOptions {
  context: Context;
  /** The path below which they are served. */
  path: string;
  /** The origins whose pages may call the token endpoint. */
  webOrigins: () => ReadonlySet<string>;
  onError: (error: unknown) => void;
}

/** Pages that can be opened; the others follow a form. */
const opened = new Map([
  ["login", pages.signInPage],
  ["signup", pages.signUpPage],
  ["confirm", pages.confirmPage],
  ["forgotPassword", pages.forgotPasswordPage],
]);

/** A pool, and the path of its domain. */
interface Env {
  Variables: { pool: Pool; path: string };
}

/** Creates the pages; every request for one of them comes here without `path`. */
export function createManagedLogin(options: ManagedLoginOptions): Hono<Env> {
  const { context, path: root, webOrigins, onError } = options;
  const codes = createAuthorizationCodes(context.now);
  const browsers = createBrowsers(context.now);
  const steps: Steps = {
    ...signInSteps(context),
    ...signUpSteps(context),
    ...recoverySteps(context),
  };
  const poolOf = (domain: string) => context.pools.byDomain(domain);

  /** The authorization request of a browser; or the response to an invalid one. */
  async function visitOf(call: Call<Env>) {
    const { pool, path } = call.var;
    const { search, searchParams } = new URL(call.req.url);
    const request = readAuthorizationRequest(pool, parametersOf(searchParams));
    if ("redirect" in request) return redirectTo(call, request.redirect);
    if ("page" in request) {
      return show(call, plainPage("Invalid sign-in request", request.page, 400));
    }
    const browser = browsers.of(call, pool, path);
    const visit: Visit = { request, path, search, formToken: browser.formToken };
    return { visit, browser };
  }

  async function authorize(call: Call<Env>): Promise<Response> {
    const visited = await visitOf(call);
    if (visited instanceof Response) return visited;
    const { request, path, search } = visited.visit;
    const { signedIn } = visited.browser;
    const asks = request.prompt === "login" || request.prompt === "select_account";
    if (signedIn !== undefined && !asks) return redirectTo(call, codes.redirect(request, signedIn));
    if (request.prompt !== "none") return redirectTo(call, `${path}/login${search}`);
    return redirectTo(call, errorRedirect(request, "login_required"));
  }

  async function open(call: Call<Env>): Promise<Response> {
    const name = call.req.param("page") ?? "";
    const page = opened.get(name);
    if (page === undefined && !Object.hasOwn(steps, name)) return show(call, notFound);
    const visited = await visitOf(call);
    if (visited instanceof Response) return visited;
    const { visit } = visited;
    // The page of a form that was sent, reloaded.
    if (page === undefined) return redirectTo(call, `${visit.path}/login${visit.search}`);
    const { allowAdminCreateUserOnly } = visit.request.pool.settings;
    if (name === "signup" && allowAdminCreateUserOnly) return show(call, notFound);
    return show(call, page(visit));
  }

  async function submit(call: Call<Env>): Promise<Response> {
    const name = call.req.param("page") ?? "";
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    if (step === undefined) return show(call, notFound);
    if (!isOwn(call.req.raw)) return show(call, foreign);
    const visited = await visitOf(call);
    if (visited instanceof Response) return visited;
    const { visit, browser } = visited;
    const sent = Object.fromEntries(await readForm(call.req.raw));
    if (!equalInConstantTime(browser.formToken, sent["csrf"] ?? "")) {
      const message = "This page has expired, or the browser blocks cookies. Try again.";
      return show(call, pages.signInPage(visit, { message, status: 403 }));
    }
    const outcome = await step(visit, sent);
    if (!("user" in outcome)) return show(call, outcome);
    const { pool, path } = call.var;
    const signedIn = browsers.signIn(call, pool, path, outcome.user);
    return redirectTo(call, codes.redirect(visit.request, signedIn));
  }

  async function logout(call: Call<Env>): Promise<Response> {
    const { pool, path } = call.var;
    const { search, searchParams } = new URL(call.req.url);
    const after = afterLogout(pool, parametersOf(searchParams));
    if (after === undefined) return show(call, noLogout);
    browsers.signOut(call, path);
    return redirectTo(call, after === "login" ? `${path}/login${search}` : after);
  }

  /** The address of a domain by itself, as start-up prints it; AWS has no page there. */
  function begin(call: Call<Env>): Response | Promise<Response> {
    const { pool, path } = call.var;
    const points = startingPoints(pool);
    const [only, ...others] = points;
    if (only === undefined) return show(call, noClient);
    if (others.length === 0) return redirectTo(call, `${path}/login${only.search}`);
    return show(call, pages.startPage(path, points));
  }

  return new Hono<Env>()
    .use("/:domain/*", async (call, next) => {
      const domain = call.req.param("domain");
      const pool = poolOf(domain);
      if (pool === undefined) return next();
      const { raw } = call.req;
      const clientId = await clientIdOf(raw);
      const decision = checkPage(context.firewall, pool, domain, raw, clientId);
      if (decision.action === "allow") return next();
      return decision.response ? renderBlock(decision.response) : show(call, forbidden);
    })
    .route("/", createEndpoints({ context, codes, poolOf, webOrigins }))
    .use("/:domain/*", async (call, next) => {
      const domain = call.req.param("domain");
      const pool = poolOf(domain);
      if (pool === undefined) return show(call, notFound);
      call.set("pool", pool);
      call.set("path", `${root}/${domain}`);
      return next();
    })
    .get("/:domain", (call) => begin(call))
    .get("/:domain/oauth2/authorize", (call) => authorize(call))
    .get("/:domain/logout", (call) => logout(call))
    .get("/:domain/:page{.+}", (call) => open(call))
    .post("/:domain/:page{.+}", (call) => submit(call))
    .notFound((call) => show(call, notFound))
    .onError((error, call) => {
      if (error instanceof OAuthError) return show(call, unreadable);
      onError(error);
      return show(call, failed);
    });
}

/** That AWS's own page has the status of its API is assumed. */
const forbidden = plainPage("Forbidden", blocked, 403);
const notFound = plainPage("Not found", "This page does not exist.", 404);
const foreign = plainPage("Cross-site request", "Another site sent this form.", 403);
const unreadable = plainPage("Invalid form", "The request has no form of these pages.", 400);
const noClient = plainPage(
  "Nothing to sign in to",
  "No app client of this user pool has the authorization code grant.",
  404,
);
const failed = plainPage("Internal error", "The local cloud failed; see its log.", 500);
const noLogout = plainPage(
  "Invalid sign-out request",
  "It must name an app client, and one of its sign-out URLs or callback URLs.",
  400,
);

/** Whether a form comes from these pages: browsers send `Origin` and `Sec-Fetch-Site`, other clients need not. */
function isOwn({ headers, url }: Request): boolean {
  const [origin, site] = [headers.get("origin"), headers.get("sec-fetch-site")];
  return (origin ?? new URL(url).origin) === new URL(url).origin && (site ?? own) === own;
}
const own = "same-origin";
