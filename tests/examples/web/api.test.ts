/** What the page sends to the API, and what it shows of the answers. */
import { problems } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { readProblem, sendName } from "../../../examples/web/api.js";

const greeting = {
  apiUrl: "https://api.example/prod",
  route: { method: "POST", path: "/lambda1", example: { name: "Ada", language: "en" } },
  idToken: "the.id.token",
  name: "Grace",
};

/** Sends the greeting to an API that answers so. */
async function send(response: Response) {
  const requests: Request[] = [];
  const answer = await sendName(greeting, async (input, init) => {
    requests.push(new Request(input, init));
    return response;
  });
  return { answer, requests };
}

it("sends the name with the ID token, and what else the route's body must have", async () => {
  const { requests } = await send(Response.json({ message: "Hello Grace." }));
  expect(requests.map(({ method, url }) => [method, url])).toEqual([
    ["POST", "https://api.example/prod/lambda1"],
  ]);
  expect(requests[0]?.headers.get("authorization")).toBe("Bearer the.id.token");
  expect(requests[0]?.headers.get("content-type")).toBe("application/json");
  await expect(requests[0]?.json()).resolves.toEqual({ name: "Grace", language: "en" });
});

it("shows the greeting", async () => {
  const { answer } = await send(Response.json({ message: "Hello Grace.", messageId: "1" }));
  expect(answer).toEqual({ title: "Greeted", detail: "Hello Grace." });
});

it.each(Object.entries(problems))("shows the title and the detail of %s", async (_, problem) => {
  const status = "status" in problem ? problem.status : 500;
  const { answer } = await send(Response.json(problem, { status }));
  expect(answer).toEqual({ title: problem.title, detail: problem.detail, errors: [] });
});

it("shows what is wrong by field", async () => {
  const errors = [
    { field: "name", message: "must not be empty" },
    { field: "age", message: "is not known" },
  ];
  const problem = { ...problems.invalidRequest, errors };
  const { answer } = await send(Response.json(problem, { status: 400 }));
  expect(answer.errors).toEqual(errors);
});

it("shows the status of an answer that is not JSON", async () => {
  const { answer } = await send(new Response("<b>Bad Gateway</b>", { status: 502 }));
  expect(answer).toEqual({ title: "HTTP status 502", detail: "", errors: [] });
});

describe("a document that is no problem", () => {
  it.each([
    [null, []],
    ["text", []],
    [[], []],
    [{ title: 7, detail: {}, errors: "none" }, []],
    [{ errors: [null, { field: "a" }] }, ["", "a"]],
  ])("has its status in place of a title: %j", (body, fields) => {
    const { title, detail, errors } = readProblem(500, body);
    expect({ title, detail }).toEqual({ title: "HTTP status 500", detail: "" });
    expect(errors?.map(({ field }) => field)).toEqual(fields);
  });
});
