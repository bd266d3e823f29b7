/** The engine's requests to the local cloud. */
import { expect, it } from "vitest";
import { connectToCloud } from "../../src/engine/cloud-client.ts";
import { listen } from "../../src/http/listen.ts";

it("keeps no connection that could go stale while the program's code is read", async () => {
  const connections: (string | null)[] = [];
  const listener = await listen((request) => {
    connections.push(request.headers.get("connection"));
    return Response.json({});
  }, 0);
  const cloud = connectToCloud({
    LOCAL_CLOUD_ENGINE_URL: listener.url,
    LOCAL_CLOUD_ENGINE_TOKEN: "a".repeat(32),
  });
  await cloud.begin("local");
  await listener.close();
  expect(connections).toEqual(["close"]);
});
