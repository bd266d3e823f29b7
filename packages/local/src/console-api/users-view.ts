/** User pools with their users, as the API describes them and the page reads them. */
import * as z from "zod/mini";

/** The user pools. */
export const usersSchema = z.strictObject({
  userPools: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      hasLoginPages: z.boolean(),
      users: z.array(
        z.strictObject({
          id: z.string().check(z.describe("The `sub` of its tokens.")),
          username: z.string(),
          email: z.nullable(z.string()),
          status: z.string(),
          isEnabled: z.boolean(),
          createdAt: z.iso.datetime(),
        }),
      ),
    }),
  ),
});
