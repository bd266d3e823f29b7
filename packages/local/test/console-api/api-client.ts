/** The console's API over a cloud, each response of which is checked against its description. */
import { expect } from "vitest";
import * as z from "zod";
import { allResources } from "../../src/all-resources.ts";
import { createConsoleApi, tokenHeader } from "../../src/console-api/api.ts";
import { problemSchema } from "../../src/console-api/problem.ts";
import { allRoutes } from "../../src/console-api/routes.ts";
import { createDeployments } from "../../src/deployments/deployments.ts";
import { createMailbox } from "../../src/mailbox/mailbox.ts";
import type { LocalServices } from "../../src/local-services.ts";

const path = "/_local/api";
const token = "0123456789abcdef";

/** The API with its routes. */
export function openApi(
  cloud: LocalServices & { readonly apiDocument?: object },
  apiUrl = "http://127.0.0.1:1",
) {
  const deployments = createDeployments(allResources(cloud), () => ({}));
  const mailbox = createMailbox();
  const attacked = { examples: [], deadLetterMs: 10_000 };
  const routes = allRoutes({ ...cloud, ...attacked, deployments, mailbox, apiUrl: () => apiUrl });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const app = createConsoleApi({ routes, path, token, onError });

  /** Calls it with the token; headers can be changed, and `null` takes one away. */
  async function call(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string | null> = {},
  ): Promise<{ status: number; json: unknown; headers: Headers }> {
    const all = new Headers({ host: "127.0.0.1:4566", [tokenHeader]: token });
    if (body !== undefined) all.set("content-type", "application/json");
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) all.delete(name);
      else all.set(name, value);
    }
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const response = await app.request(`http://127.0.0.1:4566${target}`, {
      method,
      headers: all,
      ...(body !== undefined && { body: sent }),
    });
    const text = await response.text();
    const json: unknown = text === "" ? undefined : JSON.parse(text);
    checkResult(method, target, response, json);
    return { status: response.status, json, headers: response.headers };
  }

  function checkResult(method: string, target: string, response: Response, json: unknown): void {
    if (response.status >= 400) {
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      problemSchema.parse(json);
      return;
    }
    const [pathname = ""] = target.split("?");
    const route = routes.find(
      (one) =>
        one.method === method.toLowerCase() &&
        new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname) &&
        one.path.includes("{") === !routes.some((other) => other.path === pathname),
    );
    expect(response.status).toBe(route ? (route.status ?? 200) : 200);
    if (route?.result) z.parse(route.result, json);
  }

  return { app, call, routes, mailbox, deployments, errors };
}

export const recordSchema = z.record(z.string(), z.unknown());
