/** Requests and responses as the Fetch standard has them, of the part of it that Hono and this app use. */
import { LightweightHeaders } from "./headers.ts";
import type { HeaderSource } from "./headers.ts";

/** What a message may carry: text, bytes or nothing. Streams, forms and files are refused. */
type Content = string | Uint8Array | null | undefined;

interface Init {
  readonly headers?: HeaderSource | undefined;
}

interface RequestInit extends Init {
  readonly method?: string;
  readonly body?: Content;
}

interface ResponseInit extends Init {
  readonly status?: number | undefined;
}

/** What both have. It is all in memory, so it may be read more than once. */
class LightweightMessage {
  readonly headers: LightweightHeaders;
  readonly #bytes: Uint8Array | null;

  constructor(content: Content, headers: HeaderSource | undefined) {
    this.#bytes = bytesOf(content);
    this.headers = new LightweightHeaders(headers);
    if (typeof content === "string" && !this.headers.has("content-type")) {
      this.headers.set("content-type", "text/plain;charset=UTF-8");
    }
  }

  /** Bytes, where the standard has a stream. */
  get body(): Uint8Array | null {
    return this.#bytes;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes ?? undefined);
  }
}

const standardMethods = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const refusedMethods = new Set(["CONNECT", "TRACE", "TRACK"]);

/** In place of Node's `Request`. It throws a `TypeError` for what the standard refuses. */
export class LightweightRequest extends LightweightMessage {
  readonly url: string;
  readonly method: string;

  constructor(url: string, init: RequestInit = {}) {
    const { method = "GET", headers, body, ...unknown } = init;
    refuseOthers(unknown);
    super(body, headers);
    const { href, username, password } = new URL(url);
    if (username !== "" || password !== "") throw new TypeError("The URL holds credentials.");
    const upper = method.toUpperCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method) || refusedMethods.has(upper)) {
      throw new TypeError("The method is refused.");
    }
    this.url = href;
    this.method = standardMethods.has(upper) ? upper : method;
    if (this.body !== null && (this.method === "GET" || this.method === "HEAD")) {
      throw new TypeError("A request to read has no body.");
    }
  }
}

const statusesWithoutBody = new Set([204, 205, 304]);

/** In place of Node's `Response`. It throws where the standard does. */
export class LightweightResponse extends LightweightMessage {
  readonly status: number;

  constructor(content?: Content, init: ResponseInit = {}) {
    const { status = 200, headers, ...unknown } = init;
    refuseOthers(unknown);
    super(content, headers);
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new RangeError("The status is not one of a response.");
    }
    if (this.body !== null && statusesWithoutBody.has(status)) {
      throw new TypeError("A response of this status has no body.");
    }
    this.status = status;
  }
}

function bytesOf(content: Content): Uint8Array | null {
  if (content === null || content === undefined) return null;
  if (typeof content === "string") return new TextEncoder().encode(content);
  if (content instanceof Uint8Array) return content;
  throw new TypeError("Only text and bytes can be a body here.");
}

function refuseOthers(options: object): void {
  const [name] = Object.keys(options);
  if (name !== undefined) throw new TypeError(`There is no option "${name}" here.`);
}
