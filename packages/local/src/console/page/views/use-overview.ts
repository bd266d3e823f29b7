/** The console's overview: the routes, and what the firewalls did. */
import * as z from "zod";
import { localPaths } from "../../../local-paths.ts";
import { useData } from "../use-data.ts";

const overviewSchema = z.object({
  routes: z.array(z.object({ method: z.string(), url: z.string(), authorizer: z.string() })),
  firewalls: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          rule: z.string(),
          groupRule: z.string(),
          allowed: z.int(),
          blocked: z.int(),
          counted: z.int(),
        }),
      ),
      samples: z.array(
        z.object({
          time: z.string(),
          rule: z.string(),
          groupRule: z.string().default(""),
          action: z.string(),
          request: z.object({ httpMethod: z.string(), uri: z.string() }),
        }),
      ),
    }),
  ),
});

/** The overview, read again and again. */
export const useOverview = () => useData(`${localPaths.console}/overview.json`, overviewSchema);
