/** The engine's client of the local cloud, which applies what the program registers. */
import { once } from "node:events";
import { Agent, IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import {
  appliedSchema,
  endedSchema,
  engineEnvironmentSchema,
  failureSchema,
  type Applied,
  type Registration,
} from "../deployments/protocol.ts";

/** The client of the local cloud. */
export type CloudClient = ReturnType<typeof connectToCloud>;

/** Connects to the local cloud in the environment variables. @throws z.ZodError when there is none. */
export function connectToCloud(env: NodeJS.ProcessEnv) {
  const { LOCAL_CLOUD_ENGINE_URL: base, LOCAL_CLOUD_ENGINE_TOKEN: token } =
    engineEnvironmentSchema.parse(env);

  // Three times as fast as `fetch`, for the hundreds of requests of a deployment.
  const agent = new Agent({ keepAlive: true });

  async function post<T>(
    path: string,
    body: unknown,
    output: z.ZodType<T>,
    connection: Agent | false = agent,
  ): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const outgoing = request(`${base}${path}`, { method: "POST", headers, agent: connection });
    outgoing.end(JSON.stringify(body));
    const [response] = responseArguments.parse(await once(outgoing, "response"));
    const answer: unknown = JSON.parse(await text(response));
    if (response.statusCode === 200) return output.parse(answer);
    const failure = failureSchema.safeParse(answer);
    throw new Error(
      failure.data?.message ?? `The local cloud responded HTTP ${response.statusCode}.`,
    );
  }

  return {
    // Loading the program then keeps this process busy for seconds: a connection that is kept could be
    // closed by the other end meanwhile, and the next request on it fail.
    begin: (stage: string) => post("/begin", { stage }, z.object({}), false),
    apply: (registration: Registration): Promise<Applied> =>
      post("/resources", registration, appliedSchema),
    invoke: (name: string, inputs: Record<string, unknown>) =>
      post("/invokes", { token: name, inputs }, z.record(z.string(), z.unknown())),
    setOutputs: (urn: string, outputs: Record<string, unknown>) =>
      post("/outputs", { urn, outputs }, z.object({})),
    /** Removes what the last deployment had and this one does not. */
    complete: () => post("/complete", {}, endedSchema),
    /** Removes everything. */
    destroy: () => post("/destroy", {}, endedSchema),
  };
}

const responseArguments = z.tuple([z.instanceof(IncomingMessage)]);
