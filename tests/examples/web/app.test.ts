/** The page as its user sees it, in as much of a browser as it needs. */
import { problems } from "@secure-lambda/functions/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPage } from "./fake-page.ts";
import { idToken } from "./tokens.ts";

const now = Date.UTC(2026, 10, 29, 12);
const exp = now / 1000 + 3_600;

beforeEach(() => void vi.useFakeTimers({ now, toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const loginUrl = "http://127.0.0.1:4566/_local/login/app";
const pool = (number: number) => ({
  number,
  clientId: `client-${number}`,
  loginUrl: `${loginUrl}-${number}`,
  route: { method: "POST", path: `/lambda${number}`, example: { name: "Ada" } },
});
const apiUrl = "http://127.0.0.1:3000";
const config = { apiUrl, pools: [pool(1), pool(2), pool(3)] };

/** Answers by the origin and the path of a request. */
const network =
  (answers: Record<string, (request: Request) => Response | Promise<Response>>) =>
  (request: Request) => {
    const { origin, pathname } = new URL(request.url);
    const answer = answers[`${origin}${pathname}`];
    if (answer === undefined) throw new TypeError("Failed to fetch");
    return answer(request);
  };
const page = "http://localhost:8080";
const configured = { [`${page}/config.json`]: () => Response.json(config) };
const email = "ada@example.com";

/** The page after its user has come back from the login page. */
async function signIn(answers: Parameters<typeof network>[0] = {}) {
  const before = await openPage(network(configured));
  before.submit("sign-in");
  await expect.poll(() => before.visited.length).toBe(2);
  const { searchParams } = new URL(before.visited[1] ?? "");
  const token = idToken({ exp, email, aud: "client-1", nonce: searchParams.get("nonce") });
  const after = await openPage(
    network({
      ...configured,
      [`${loginUrl}-1/oauth2/token`]: () => Response.json({ id_token: token }),
      ...answers,
    }),
    { query: `?code=code-1&state=${searchParams.get("state")}`, stored: before.stored },
  );
  await expect.poll(() => after.isSignedIn()).toBe(true);
  return { ...after, token, asked: before.visited[1] ?? "" };
}

describe("a user", () => {
  it("is offered each pool of the stage", async () => {
    const { shown, isSignedIn } = await openPage(network(configured));
    expect(shown("pool")).toEqual(["1: POST /lambda1", "2: POST /lambda2", "3: POST /lambda3"]);
    expect(isSignedIn()).toBe(false);
  });

  it("goes to the pool's login page, and comes back signed in, until the token expires", async () => {
    const { shown, stored, visited, asked, isSignedIn } = await signIn();
    expect(asked).toMatch(new RegExp(`^${loginUrl}-1/oauth2/authorize\\?response_type=code&`));
    expect([visited, stored.size]).toEqual([[`${page}/`], 0]);
    expect(shown("user").join()).toContain(`${email}, pool 1. The token expires at`);
    vi.advanceTimersByTime(3_599_000);
    expect(isSignedIn()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(isSignedIn()).toBe(false);
    expect(shown("answer")).toEqual(["The token has expired. Sign in again."]);
  });

  it("sends a name with the token of the user, and shows the greeting", async () => {
    const requests: Request[] = [];
    const { fill, submit, shown, token } = await signIn({
      [`${apiUrl}/lambda1`]: (request) => {
        requests.push(request);
        return Response.json({ message: "Hello <b>Grace</b>." });
      },
    });
    fill("name", "<b>Grace</b>");
    submit("greet");
    await expect.poll(() => shown("answer")).toEqual(["Greeted", "Hello <b>Grace</b>."]);
    expect(requests[0]?.headers.get("authorization")).toBe(`Bearer ${token}`);
    await expect(requests[0]?.json()).resolves.toEqual({ name: "<b>Grace</b>" });
  });

  it("shows what is wrong with a name", async () => {
    const errors = [{ field: "name", message: "must not be empty" }];
    const { submit, shown } = await signIn({
      [`${apiUrl}/lambda1`]: () =>
        Response.json({ ...problems.invalidRequest, errors }, { status: 400 }),
    });
    submit("greet");
    const { title, detail } = problems.invalidRequest;
    await expect.poll(() => shown("answer")).toEqual([title, detail, "name: must not be empty"]);
  });

  it("says what to look at when the browser gives no answer", async () => {
    const { submit, shown } = await signIn();
    submit("greet");
    await expect
      .poll(() => shown("answer").join())
      .toContain(`No answer from ${apiUrl}. Does it run, and is ${page} the stage's corsOrigin?`);
  });

  it("who signs out is forgotten, and leaves by the sign-out page", async () => {
    const requests: Request[] = [];
    const { click, submit, visited, isSignedIn } = await signIn({
      [`${apiUrl}/lambda1`]: (request) => {
        requests.push(request);
        return Response.json({});
      },
    });
    click("sign-out");
    await expect.poll(() => isSignedIn()).toBe(false);
    submit("greet");
    expect(requests).toEqual([]);
    expect(visited[1]).toMatch(new RegExp(`^${loginUrl}-1/logout\\?client_id=client-1&`));
  });

  it("says so when another's code comes in, and stays signed out", async () => {
    const { shown, visited, isSignedIn } = await openPage(network(configured), {
      query: "?code=stolen&state=guessed",
    });
    expect(isSignedIn()).toBe(false);
    expect(shown("answer").join()).toContain("no answer to a sign-in that this tab began");
    expect(visited).toEqual([`${page}/`]);
  });
});

it("says so when it is served without its configuration", async () => {
  const { shown } = await openPage(() => new Response("", { status: 404 }));
  expect(shown("answer")).toEqual(["That failed", "There is no config.json beside this page."]);
});
