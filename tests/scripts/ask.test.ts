/** What becomes of a question of `npm run deploy` that AWS does not answer. */
import { expect, it } from "vitest";
import { ask } from "../../scripts/account/questions.ts";

it("names the action that is denied, and not who asked", async () => {
  const message =
    "User: arn:aws:sts::111122223333:assumed-role/Admin/ada@example.com is not authorized to perform: apigateway:GET on resource: /account";
  const denied = Object.assign(new Error(message), { name: "AccessDeniedException" });
  await expect(ask("whether", () => Promise.reject(denied))).resolves.toEqual({
    refusals: [],
    remarks: ["Not known: whether. Your credentials do not allow apigateway:GET."],
  });
});

it.each(["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "EPROTO", "ECONNRESET"])(
  "goes on where a proxy lets only the SST CLI through (%s)",
  async (code) => {
    const failed = Object.assign(new Error("no way"), { code });
    await expect(ask("whether", () => Promise.reject(failed))).resolves.toEqual({
      refusals: [],
      remarks: ["Not known: whether. no way."],
    });
  },
);

it("does not go on after any other error, whatever its code", async () => {
  const failed = Object.assign(new Error("a bug"), { code: 7 });
  await expect(ask("whether", () => Promise.reject(failed))).rejects.toThrow("a bug");
});
