/** Signing in by Cognito's JSON API, as the page does on the local cloud. */
import { expect, it } from "vitest";
import { signInByPassword } from "../../../examples/web/sign-in-by-password.js";

const user = { email: "ada@example.com", password: "Correct-Horse-1" };
const signIn = (answer: object, status = 200) =>
  signInByPassword("http://127.0.0.1:4566", "client-1", user, async () =>
    Response.json(answer, { status }),
  );

it("returns the ID token", async () => {
  const answer = { AuthenticationResult: { IdToken: "the.id.token", AccessToken: "another" } };
  await expect(signIn(answer)).resolves.toBe("the.id.token");
});

it("says what Cognito says of a wrong password", async () => {
  const error = { __type: "NotAuthorizedException", message: "Incorrect username or password." };
  await expect(signIn(error, 400)).rejects.toThrow("Incorrect username or password.");
});

it("names a challenge that it cannot answer", async () => {
  const challenge = { ChallengeName: "NEW_PASSWORD_REQUIRED", Session: "session-1" };
  await expect(signIn(challenge)).rejects.toThrow("NEW_PASSWORD_REQUIRED first");
});
