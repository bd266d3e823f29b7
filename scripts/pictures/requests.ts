/** The requests of README's pictures: greetings through both routes, and what is refused on the way. */
import { type UserPool, userPools } from "@secure-lambda/functions/contract";
import { findTarget } from "../support/target.ts";
import { findUserPool } from "../support/user-pools.ts";
import { localPassword, signIn } from "../support/users.ts";

/** Sends them to a local cloud; the last is refused since its token is of the other pool. */
export async function sendRequests(apiUrl: string, awsUrl: string): Promise<void> {
  const target = await findTarget({ awsPort: new URL(awsUrl).port });
  const signedIn = await Promise.all(
    userPools.map(async (pool) => {
      const user = { email: `user${pool}@example.com`, password: localPassword };
      return [pool, await signIn(target, await findUserPool(target, pool), user)] as const;
    }),
  );
  const tokens = new Map<UserPool, string>(signedIn);
  const post = (route: UserPool, user: UserPool | undefined, body: object) => {
    const token = user === undefined ? undefined : tokens.get(user);
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return fetch(`${apiUrl}/lambda${route}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify(body),
    });
  };
  await post(2, 2, { name: "Grace" });
  await post(1, undefined, { name: "Ada" });
  await post(1, 1, { name: 7 });
  await post(1, 1, { name: "Ada" });
  await post(2, 1, { name: "Ada" });
}
