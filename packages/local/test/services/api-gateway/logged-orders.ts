/** An API with an execution log, and what was written to it. */
import { expect } from "vitest";
import type { SettingsOfMethod } from "../../../src/services/api-gateway/store/method-settings.ts";
import { serveOrders, type Sketch } from "./rules.ts";

export const pools = ["us-east-1_Pool00000"];
export const token = `Bearer ${"header.payload.signature".repeat(4)}`;
export const info: SettingsOfMethod = { loggingLevel: "INFO" };
export const errorsOnly: SettingsOfMethod = { loggingLevel: "ERROR" };

/** Serves `POST /orders/{id}` at a level; `lines` are the log without the request's ids. */
export function serveAt(settings: SettingsOfMethod, sketch: Sketch = {}, methodPath = "*/*") {
  return logged(serveOrders(sketch), settings, methodPath);
}

/** Sets the level of a stage, or of a method, of what is served. */
export function logged<Served extends ReturnType<typeof serveOrders>>(
  served: Served,
  settings: SettingsOfMethod,
  methodPath = "*/*",
) {
  const { apis, executions, restApiId } = served;
  apis.putMethodSettings({ restApiId, stageName: "local", methodPath, settings });
  const lines = (response: Response) => {
    const id = response.headers.get("x-amzn-RequestId") ?? "";
    return executions.map(({ message }) => {
      expect(message.startsWith(`(${id}) `)).toBe(true);
      return message.slice(id.length + 3).replaceAll(id, "ID");
    });
  };
  return { ...served, lines };
}
