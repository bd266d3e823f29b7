/** The console's page: its files, and what it may do. */
import { describe, expect, it } from "vitest";
import { createConsole } from "../../src/console/console.ts";

const page = createConsole(async () => ({ script: "the script", style: "the style" }));

describe("the console's page", () => {
  it.each([
    ["/page.js", "text/javascript; charset=utf-8", "the script"],
    ["/page.css", "text/css; charset=utf-8", "the style"],
  ])("has its file %s", async (path, type, text) => {
    const response = await page.request(path);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toBe(text);
  });

  it("loads and calls this origin only, and is in no frame", async () => {
    const response = await page.request("/");
    expect(response.headers.get("content-security-policy")?.split("; ")).toEqual([
      "default-src 'none'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "img-src data:",
      "script-src 'self'",
      "style-src 'self'",
    ]);
  });
});
