/** `fetch` as a browser has it for a page: by the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol). */

/** What a page may send without a preflight, beside a form's content type. */
const safeHeaders = new Set(["accept", "accept-language", "content-language"]);
const safeContentType =
  /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/** Sends requests for a page of the origin: without an answer where a browser gives the page none. */
export function fetchForPageOf(origin: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const unsafe = [...request.headers]
      .filter(([name, value]) =>
        name === "content-type" ? !safeContentType.test(value) : !safeHeaders.has(name),
      )
      .map(([name]) => name);
    if (unsafe.length > 0 || !["GET", "HEAD", "POST"].includes(request.method)) {
      await preflight(origin, request, unsafe);
    }
    const headers = new Headers(request.headers);
    headers.set("origin", origin);
    return readable(origin, await fetch(request, { headers }));
  };
}

async function preflight(
  origin: string,
  { method, url }: Request,
  unsafe: readonly string[],
): Promise<void> {
  const response = await fetch(url, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": unsafe.toSorted().join(","),
    },
  });
  const { headers, ok } = readable(origin, response);
  const listed = (name: string) => (headers.get(name) ?? "").toLowerCase().split(/\s*,\s*/);
  const methods = [...listed("access-control-allow-methods"), "get", "head", "post"];
  const allowed = listed("access-control-allow-headers");
  if (!ok || !methods.includes(method.toLowerCase())) throw refused();
  if (unsafe.some((name) => !allowed.includes(name))) throw refused();
}

function readable(origin: string, response: Response): Response {
  const allowed = response.headers.get("access-control-allow-origin");
  if (allowed !== origin && allowed !== "*") throw refused();
  return response;
}

const refused = () => new TypeError("Failed to fetch");
