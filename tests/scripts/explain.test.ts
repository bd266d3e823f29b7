/** What commands say of an error, and of what to do. */
import { expect, it } from "vitest";
import { listen } from "../../packages/local/src/http/listen.ts";
import { explain } from "../../scripts/support/explain.ts";

/** What a call fails with. */
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

const serve = () => listen(() => new Response(), 0);

it("says where nothing answers, and what starts a local cloud", async () => {
  const { port, url, close } = await serve();
  await close();
  expect(explain(await failureOf(fetch(url)))).toBe(
    `Nothing answers at 127.0.0.1:${port}. "npm start" starts a local cloud and prints its AWS endpoint.`,
  );
});

it("says why fetch calls nothing", async () => {
  expect(explain(await failureOf(fetch("http://127.0.0.1:9")))).toBe("fetch failed: bad port");
});

it("says how to choose a port other than one that is taken", async () => {
  const { port, close } = await serve();
  expect(explain(await failureOf(listen(() => new Response(), port)))).toBe(
    `Port ${port} is taken by another program. Stop that program, or choose another port with --port.`,
  );
  await close();
});
