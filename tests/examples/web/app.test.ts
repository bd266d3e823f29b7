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

const pool = (number: number) => ({
  number,
  clientId: `client-${number}`,
  route: { method: "POST", path: `/lambda${number}`, example: { name: "Ada" } },
});
const apiUrl = "http://127.0.0.1:3000";
const cognitoUrl = "http://127.0.0.1:4566";
const localConfig = { apiUrl, cognitoUrl, pools: [pool(1), pool(2), pool(3)] };
const loginUrl = "https://app-1.auth.us-east-1.amazoncognito.com";
const awsConfig = { apiUrl, cognitoUrl, pools: [{ ...pool(1), loginUrl }] };

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
const local = {
  [`${page}/config.json`]: () => Response.json(localConfig),
  [`${cognitoUrl}/`]: () =>
    Response.json({
      AuthenticationResult: { IdToken: idToken({ exp, email: "ada@example.com" }) },
    }),
};

async function signIn(answers: Parameters<typeof network>[0] = {}) {
  const opened = await openPage(network({ ...local, ...answers }));
  opened.fill("email", "ada@example.com");
  opened.fill("password", "Correct-Horse-1");
  opened.submit("sign-in");
  await expect.poll(() => opened.isSignedIn()).toBe(true);
  return opened;
}

describe("on the local cloud", () => {
  it("offers each pool of the stage, and asks for a password", async () => {
    const { element, shown, isSignedIn } = await openPage(network(local));
    expect(shown("pool")).toEqual(["1: POST /lambda1", "2: POST /lambda2", "3: POST /lambda3"]);
    expect([isSignedIn(), element("credentials").hidden]).toEqual([false, false]);
  });

  it("signs a user in, until the token expires", async () => {
    const { element, shown, stored, isSignedIn } = await signIn();
    expect(shown("user").join()).toContain("ada@example.com, pool 1. The token expires at");
    expect([element("password").value, stored.size]).toEqual(["", 0]);
    vi.advanceTimersByTime(3_599_000);
    expect(isSignedIn()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(isSignedIn()).toBe(false);
    expect(shown("answer")).toEqual(["The token has expired. Sign in again."]);
  });

  it("says why a user is not signed in", async () => {
    const { shown, submit, isSignedIn } = await openPage(
      network({
        ...local,
        [`${cognitoUrl}/`]: () =>
          Response.json({ message: "Incorrect username or password." }, { status: 400 }),
      }),
    );
    submit("sign-in");
    await expect
      .poll(() => shown("answer"))
      .toEqual(["That failed", "Incorrect username or password."]);
    expect(isSignedIn()).toBe(false);
  });

  it("sends a name with the token of the user, and shows the greeting", async () => {
    const requests: Request[] = [];
    const { fill, submit, shown } = await signIn({
      [`${apiUrl}/lambda1`]: (request) => {
        requests.push(request);
        return Response.json({ message: "Hello <b>Grace</b>." });
      },
    });
    fill("name", "<b>Grace</b>");
    submit("greet");
    await expect.poll(() => shown("answer")).toEqual(["Greeted", "Hello <b>Grace</b>."]);
    expect(requests[0]?.headers.get("authorization")).toBe(
      `Bearer ${idToken({ exp, email: "ada@example.com" })}`,
    );
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

  it("forgets the token at a sign-out, and stays", async () => {
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
    expect(visited).toEqual([`${page}/`]);
  });
});

describe("on AWS", () => {
  const config = { [`${page}/config.json`]: () => Response.json(awsConfig) };

  it("goes to the login page, comes back signed in, and leaves by the sign-out page", async () => {
    const before = await openPage(network(config));
    expect(before.element("credentials").hidden).toBe(true);
    before.submit("sign-in");
    await expect.poll(() => before.visited.length).toBe(2);
    const { origin, searchParams } = new URL(before.visited[1] ?? "");
    expect(origin).toBe(loginUrl);

    const claims = { exp, aud: "client-1", nonce: searchParams.get("nonce"), email: "a@b.example" };
    const after = await openPage(
      network({
        ...config,
        [`${loginUrl}/oauth2/token`]: () => Response.json({ id_token: idToken(claims) }),
      }),
      { query: `?code=code-1&state=${searchParams.get("state")}`, stored: before.stored },
    );
    expect(after.isSignedIn()).toBe(true);
    expect([after.visited, after.stored.size]).toEqual([[`${page}/`], 0]);

    after.click("sign-out");
    await expect.poll(() => after.isSignedIn()).toBe(false);
    expect(after.visited[1]).toMatch(new RegExp(`^${loginUrl}/logout\\?client_id=client-1&`));
  });

  it("says so when another's code comes in, and stays signed out", async () => {
    const { shown, visited, isSignedIn } = await openPage(network(config), {
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
