/**
 * What callers send is not in execution logs, or is hidden there. Source:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html
 */
import { describe, expect, it } from "vitest";
import { reply } from "./gateway-harness.ts";
import { errorsOnly, info, logged, pools, serveAt, token } from "./logged-orders.ts";
import { servePlan } from "./plans.ts";
import { numbersSchema } from "./rules.ts";

describe("nothing that a caller sent is logged", () => {
  const secrets = ["Ada Lovelace", "ada@example.com"];
  const model = { ...numbersSchema, additionalProperties: false };
  const validated = {
    models: { Numbers: model },
    validator: { validateRequestBody: true, validateRequestParameters: true },
    rules: {
      requestModels: { "application/json": "Numbers" },
      requestParameters: { "method.request.querystring.page": true },
    },
  };
  const sent = [
    JSON.stringify({ a: "Ada Lovelace", [secrets[1] ?? ""]: 1 }),
    "Ada Lovelace is no JSON",
  ];

  it("of a request that its model or parameters reject, at ERROR", async () => {
    const { post, executions } = serveAt(errorsOnly, validated);
    const headers = { authorization: token, "content-type": "application/json; of=Ada" };
    for (const body of sent) await post(body, headers, "/orders/Ada?page=1");
    await post(sent[0] ?? "", {}, "/orders/Ada%20Lovelace?secret=ada@example.com");
    const text = executions.map(({ message }) => message).join("\n");
    expect(text).toContain(
      "Request body does not match model schema for content type application/json: [#/",
    );
    expect(text).toContain("Missing required request parameters: [page]");
    for (const secret of [...secrets, "Ada", token]) expect(text).not.toContain(secret);
  });

  it("of a content type that only the default model takes", async () => {
    const rules = { requestModels: { $default: "Numbers" } };
    const { post, executions } = serveAt(errorsOnly, { ...validated, rules });
    await post("{}", { "content-type": "Ada/Lovelace" });
    expect(executions[0]?.message).toContain("for content type $default: [#/required");
  });

  it("of a token or key that is refused, at any level", async () => {
    const { post, executions } = serveAt(info, { pools });
    await post("", { authorization: token });
    const keyed = logged(servePlan(), info);
    await keyed.call("Ada Lovelace");
    await keyed.call(token);
    const text = [...executions, ...keyed.executions].map(({ message }) => message).join("\n");
    expect(text).toContain("Unauthorized request: ");
    expect(text).toContain(
      `API Key ************ not authorized because method 'POST /orders/{id}' requires API Key`,
    );
    for (const secret of ["Lovelace", "velace", "payload", "Bearer"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("in clear of what is accepted, where data is traced, but its last characters", async () => {
    const { post, key, executions, doubles } = logged(servePlan(), {
      ...info,
      dataTraceEnabled: true,
    });
    doubles.invoke = async () => reply({ statusCode: 200, body: token });
    await post("", {
      "x-api-key": key.value,
      authorization: token,
      cookie: "id=0123456789abcdefg",
    });
    const text = executions.map(({ message }) => message).join("\n");
    expect(text).toContain(`authorization=${"*".repeat(token.length - 6)}${token.slice(-6)}`);
    for (const secret of [key.value, token, "id=012"]) expect(text).not.toContain(secret);
  });
});
