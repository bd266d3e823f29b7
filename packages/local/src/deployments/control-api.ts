/** The local cloud's side of the engine protocol: HTTP, authenticated by this run's token. */
import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { beginSchema, invokeSchema, outputsSchema, registrationSchema } from "./protocol.ts";
import type { Deployments } from "./deployments.ts";

/** Routes for the engine; a failure answers with its message, which the SST CLI shows. */
export function createControlApi(deployments: Deployments, token: string): Hono {
  const expected = digest(`Bearer ${token}`);
  return new Hono()
    .use(async (c, next) => {
      const given = digest(c.req.header("authorization") ?? "");
      if (!timingSafeEqual(given, expected)) return c.json({ message: "Wrong token." }, 401);
      return next();
    })
    .post("/begin", async (c) => {
      deployments.begin(beginSchema.parse(await c.req.json()).stage);
      return c.json({});
    })
    .post("/resources", async (c) =>
      c.json(await deployments.apply(registrationSchema.parse(await c.req.json()))),
    )
    .post("/invokes", async (c) => {
      const { token: name, inputs } = invokeSchema.parse(await c.req.json());
      return c.json(await deployments.invoke(name, inputs));
    })
    .post("/outputs", async (c) => {
      const { urn, outputs } = outputsSchema.parse(await c.req.json());
      deployments.setOutputs(urn, outputs);
      return c.json({});
    })
    .post("/complete", async (c) => c.json(await deployments.complete()))
    .post("/destroy", async (c) => c.json(await deployments.destroy()))
    .onError((error, c) => c.json({ message: error.message }, 400));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
