/** The routes of the app's API as the console's API describes them, and the page reads them. */
import * as z from "zod/mini";

/** The routes. */
export const apiRoutesSchema = z.strictObject({
  routes: z.array(
    z.strictObject({
      method: z.string(),
      path: z.string().check(z.describe("Of the resource, such as /orders/{id}.")),
      authorizer: z.nullable(z.string()).check(z.describe("Null where no token is required.")),
    }),
  ),
});
