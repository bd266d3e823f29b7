/** Which pages may exchange codes: those of the origins that deployed APIs allow, where AWS lets every page. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployApiWithCors } from "../services/api-gateway/api-with-cors.ts";
import {
  callbackUrl,
  createLoginPages,
  type LoginPages,
} from "../services/cognito/managed-login/login-pages.ts";
import { createUser } from "../services/cognito/pools-and-users.ts";
import { startTestCloud, type StartedCloud } from "../support/test-cloud.ts";

const origin = "http://localhost:8080";
const email = "ada@example.com";

let aws: StartedCloud;
let pages: LoginPages;
beforeAll(async () => {
  aws = await startTestCloud();
  deployApiWithCors(aws, { origin });
  pages = await createLoginPages(aws);
  await createUser(aws, pages.poolId, email);
});
afterAll(() => aws.stop());

/** The exchange of a new code. */
async function exchangeFrom(from: string) {
  const { page } = await pages.signIn(email);
  const code = page.url.searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", code, redirect_uri: callbackUrl };
  return pages.token(form, { origin: from });
}

describe("a page", () => {
  it("of a deployed origin may exchange a code, and read what comes", async () => {
    const response = await exchangeFrom(origin);
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("vary")).toBe("Origin");
    expect(response.headers.has("access-control-allow-credentials")).toBe(false);
    const refused = await pages.token({}, { origin });
    expect(refused.headers.get("access-control-allow-origin")).toBe(origin);
  });

  it.each([
    ["token", "POST"],
    ["revoke", "POST"],
    ["userInfo", "GET"],
  ])("of a deployed origin gets the preflight's answer of %s", async (path, method) => {
    const response = await fetch(`${pages.login}/oauth2/${path}`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toBe(method);
    expect(response.headers.get("access-control-allow-headers")).toBe("authorization");
  });

  it.each(["https://evil.example", "http://127.0.0.1:8080", "null"])(
    "of another is refused: %s",
    async (stranger) => {
      const response = await exchangeFrom(stranger);
      expect(response.status).toBe(403);
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  it("of a deployed origin reads no login page, and sends no form of one", async () => {
    const read = await fetch(pages.address("login"), { headers: { origin } });
    expect(read.headers.has("access-control-allow-origin")).toBe(false);
    const { browser, page } = await pages.arrive();
    const sent = await browser.submit(page, "login", { username: email }, { origin });
    expect(sent.status).toBe(403);
  });
});
