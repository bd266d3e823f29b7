/** The routes of the app's API as the console's API describes them, and the page reads them. */
import * as z from "zod";

/** The routes. */
export const apiRoutesSchema = z.strictObject({
  routes: z.array(
    z.strictObject({
      method: z.string(),
      path: z.string().describe("Of the resource, such as /orders/{id}."),
      authorizer: z.string().nullable().describe("Null where no token is required."),
    }),
  ),
});
