/** The error responses as components of the document, each with an example of every problem. */
import { type Problem, problems } from "@secure-lambda/functions/contract";
import { gatewayProblems } from "../../stacks/api/gateway-problems.ts";
import { errorResponses, type ProblemName } from "./error-responses.ts";

/** The components, by name. */
export const responseComponents = () =>
  Object.fromEntries(
    errorResponses.map(({ name, description, problems: names }) => {
      const headers = headersOf(names);
      return [
        name,
        {
          description,
          ...(Object.keys(headers).length > 0 && { headers }),
          content: {
            "application/problem+json": {
              schema: { $ref: "#/components/schemas/Problem" },
              examples: Object.fromEntries(names.map((each) => [each, { value: exampleOf(each) }])),
            },
          },
        },
      ];
    }),
  );

/** What is sent with one of the problems, on which a client can act. */
function headersOf(names: readonly ProblemName[]) {
  const all = names.flatMap((name) => {
    const { headers = {} }: Problem = problems[name];
    return Object.entries(headers);
  });
  return Object.fromEntries(
    all.map(([name, example]) => [name, { schema: { type: "string" }, example }]),
  );
}

/** The body of a problem; the gateway says of an invalid body what each field must be. */
function exampleOf(name: ProblemName) {
  const { headers: _headers, ...problem }: Problem = problems[name];
  const errors =
    name === "invalidRequest" ? gatewayProblems["BAD_REQUEST_BODY"]?.errors : undefined;
  const requestId = "c78f5cfe-5d50-4c3e-aaf9-68a73f4b8f96";
  return { ...problem, requestId, ...(errors && { errors }) };
}
