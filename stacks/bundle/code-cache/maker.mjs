/**
 * Makes the code cache of the function in this folder, after its start: the cache then holds all that
 * the init phase has compiled. Its AWS is a server here that has one secret; nothing leaves.
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";

const secret = JSON.stringify({ TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:invented" });
const server = createServer((request, response) => {
  request.resume();
  response.setHeader("content-type", "application/x-amz-json-1.1");
  response.end(JSON.stringify({ SecretString: secret }));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${server.address().port}`;

// Beside this file, once it is where the function was built.
const { script, sealOf } = await import(new URL("bundle.mjs", import.meta.url).href);
const cache = script.createCachedData();
writeFileSync("bundle.cache", Buffer.concat([Buffer.from(sealOf(cache)), cache]));
process.exit();
