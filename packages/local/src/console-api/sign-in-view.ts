/** What a sign-in comes to, as the API describes it and the page reads it. */
import * as z from "zod/mini";

/** The token; or the authenticator that the user has to register first. */
export const signedInSchema = z.union([
  z.strictObject({ idToken: z.string() }),
  z.strictObject({
    authenticator: z.strictObject({
      secret: z.string().check(z.describe("To add to an authenticator, in base32.")),
      session: z.string().check(z.describe("To send with the code that it shows.")),
      isPasswordReplaced: z
        .boolean()
        .check(z.describe("Whether the new password is set already, whatever comes of the code.")),
    }),
  }),
]);

/** What a sign-in comes to. */
export type SignedIn = z.infer<typeof signedInSchema>;
