/** Attacks with bodies: too large, malformed, with unknown keys, with hostile names. */
import * as z from "zod";
import { type Attack, type Aimed, onEachRoute } from "./model/attack.ts";
import { breaksNothing, type Expectation, refusedBy } from "./model/expectations.ts";
import type { AttackedRoute, BodySchema } from "./targets/routes.ts";
import type { Targets } from "./targets/targets.ts";
import { servedRequest } from "./tokens.ts";

/** An attack that alters the JSON body of the example. */
interface BodyAttack {
  readonly id: string;
  readonly title: string;
  readonly tries: string;
  /** The altered body as text; `field` is the key of a text in it. */
  readonly alter: (body: Readonly<Record<string, unknown>>, field: string) => string;
  /** Whether the model forbids the altered body. */
  readonly isForbidden: (model: BodySchema, field: string) => boolean;
}

/** API Gateway's limit (documented: APIGW/api-gateway-execution-service-limits-table), and a byte. */
const OVERSIZED = 10 * 1024 * 1024 + 1;

const isClosed = ({ additionalProperties, properties }: BodySchema, key: string) =>
  additionalProperties === false && !Object.hasOwn(properties, key);

/** Adds a key to JSON: as a literal, `__proto__` would set a prototype. */
const withKey = (body: object, key: string, value: unknown) =>
  `{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`;

const isTyped = ({ properties }: BodySchema, field: string) => properties[field]?.type === "string";

const altering: readonly BodyAttack[] = [
  {
    id: "unknown-key",
    title: "Unknown key in the body",
    tries: "Adds a key that the route does not know.",
    alter: (body) => withKey(body, "isAdmin", true),
    isForbidden: (model) => isClosed(model, "isAdmin"),
  },
  {
    id: "prototype-key",
    title: "__proto__ in the body",
    tries: "Tries to change the prototype of objects by the key __proto__.",
    alter: (body) => withKey(body, "__proto__", { isAdmin: true }),
    isForbidden: (model) => isClosed(model, "__proto__"),
  },
  {
    id: "constructor-key",
    title: "constructor.prototype in the body",
    tries: "Tries to change the prototype of objects by the key constructor.",
    alter: (body) => withKey(body, "constructor", { prototype: { isAdmin: true } }),
    isForbidden: (model) => isClosed(model, "constructor"),
  },
  {
    id: "wrong-type",
    title: "Wrong type",
    tries: "Sends an object with an operator of a database in place of a text.",
    alter: (body, field) => JSON.stringify({ ...body, [field]: { $gt: "" } }),
    isForbidden: isTyped,
  },
  {
    id: "not-json",
    title: "Not JSON",
    tries: "Sends half of a JSON text as the body.",
    alter: (body) => JSON.stringify(body).slice(0, -1),
    isForbidden: () => true,
  },
];

/** The key of a text in the example of a route; a text says why there is none. */
export function textField({
  example,
}: AttackedRoute): { body: Record<string, unknown>; field: string } | string {
  const body = jsonObject(example.body ?? "");
  const [field] = Object.entries(body ?? {}).find(([, value]) => typeof value === "string") ?? [];
  if (body !== undefined && field !== undefined) return { body, field };
  return "there is no example of a request with a text in a JSON body: send one that is served first";
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The example of a route with another body. */
export async function withBody(
  route: AttackedRoute,
  { callers }: Targets,
  body: string,
  expectation: Expectation,
): Promise<Aimed | string> {
  const request = await servedRequest(route, callers);
  if (typeof request === "string") return request;
  return { request: { ...request, body: Buffer.from(body) }, expectation };
}

/** The attacks. */
export const bodyAttacks: readonly Attack[] = [
  onEachRoute({
    id: "oversized-body",
    title: "Oversized body",
    tries: "Sends a body that is one byte larger than API Gateway's limit of 10 MB.",
    expects: "It is refused before the function is called.",
    async aim(route, { callers }) {
      const request = await servedRequest(route, callers);
      if (typeof request === "string") return request;
      if (request.method === "GET" || request.method === "HEAD") return "it takes no body";
      const body = Buffer.alloc(OVERSIZED, " ");
      return {
        request: { ...request, body },
        expectation: refusedBy("gateway", "firewall", "validation"),
      };
    },
  }),
  ...altering.map(({ alter, isForbidden, ...attack }) =>
    onEachRoute({
      ...attack,
      expects: "The request's model refuses it; without a model that forbids it, nothing breaks.",
      async aim(route, targets) {
        const found = textField(route);
        if (typeof found === "string") return found;
        const { body, field } = found;
        const forbids = route.model !== undefined && isForbidden(route.model, field);
        const expectation = forbids ? refusedBy("validation") : breaksNothing;
        return withBody(route, targets, alter(body, field), expectation);
      },
    }),
  ),
];
