/** Request bodies: read part by part, bounded each by itself and all together. */

/** Why a body is not read on. */
type Reason = "tooLarge" | "noRoom" | "incomplete";

/** A body that is too large, that has no room beside the others, or that ended early. */
export class RequestBodyError extends Error {
  override readonly name = "RequestBodyError";
  readonly reason: Reason;

  constructor(reason: Reason, cause?: unknown) {
    super(`The request's body was not read: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** The body of one request. */
export interface RequestBody {
  /** Its bytes by Content-Length; undefined where the length is not announced. */
  readonly announced: number | undefined;
  /** What there is once `bytes` of it have arrived, or all of it. @throws RequestBodyError */
  read(bytes?: number): Promise<Buffer>;
  /** Counts memory that was made from it. @throws RequestBodyError when there is no room. */
  addBytes(bytes: number): void;
  /** Its memory is not needed any more. */
  release(): void;
}

/** Opens bodies that share their memory. */
export interface BodyBudget {
  /** Opens a body of at most `limit` bytes. */
  open(request: Request, limit: number): RequestBody;
}

/**
 * Creates a budget of `most` bytes. When they are used up the largest of the bodies that are still
 * being sent is given up, so that slow callers with large bodies do not keep out the others.
 */
export function createBodyBudget(most: number): BodyBudget {
  const bodies = new Set<BudgetedBody>();

  function endLargest(asking: BudgetedBody): void {
    while (heldBy(bodies) > most) {
      const [largest] = [...bodies]
        .filter((body) => body.isReading || body === asking)
        .toSorted((one, other) => other.held - one.held);
      if (largest === undefined) return;
      largest.end("noRoom");
    }
  }

  return {
    open(request, limit) {
      const body = new BudgetedBody(request, limit, endLargest, () => bodies.delete(body));
      bodies.add(body);
      return body;
    },
  };
}

function heldBy(bodies: ReadonlySet<BudgetedBody>): number {
  return bodies.values().reduce((sum, { held }) => sum + held, 0);
}

class BudgetedBody implements RequestBody {
  readonly announced: number | undefined;
  isReading: boolean;
  /** Bytes of memory. */
  held = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #limit: number;
  readonly #endLargest: (asking: BudgetedBody) => void;
  readonly #close: () => void;
  #buffer = Buffer.alloc(0);
  #size = 0;
  #problem: RequestBodyError | undefined;

  constructor(
    request: Request,
    limit: number,
    endLargest: (asking: BudgetedBody) => void,
    close: () => void,
  ) {
    const length = request.headers.get("content-length");
    this.announced = length === null ? undefined : Number(length);
    this.#reader = request.body?.getReader();
    this.isReading = this.#reader !== undefined;
    this.#limit = limit;
    this.#endLargest = endLargest;
    this.#close = close;
  }

  async read(bytes = Infinity): Promise<Buffer> {
    if ((this.announced ?? 0) > this.#limit) this.end("tooLarge");
    while (this.isReading && this.#size < bytes) {
      try {
        await this.#readChunk();
      } catch (cause) {
        this.end("incomplete", cause);
      }
    }
    if (this.#problem) throw this.#problem;
    return this.#buffer.subarray(0, this.#size);
  }

  addBytes(bytes: number): void {
    this.held += bytes;
    this.#endLargest(this);
    if (this.#problem) throw this.#problem;
  }

  release(): void {
    this.end("incomplete");
    this.#close();
  }

  /** Reads no further, and holds nothing any more. */
  end(reason: Reason, cause?: unknown): void {
    this.#problem ??= new RequestBodyError(reason, cause);
    this.#buffer = Buffer.alloc(0);
    this.held = 0;
    this.isReading = false;
    this.#reader?.cancel().catch(() => undefined);
  }

  async #readChunk(): Promise<void> {
    const { done, value } = (await this.#reader?.read()) ?? { done: true, value: undefined };
    if (!this.isReading) return;
    if (value !== undefined) this.#append(value);
    if (done) this.isReading = false;
  }

  /** Copied into one buffer: a chunk of a byte would take the memory of a hundred. */
  #append(chunk: Uint8Array): void {
    const size = this.#size + chunk.byteLength;
    if (size > this.#limit) return this.end("tooLarge");
    const before = this.#buffer.byteLength;
    if (size > before) {
      const larger = Buffer.alloc(Math.min(Math.max(size, 2 * before), this.#limit));
      this.#buffer.copy(larger);
      this.#buffer = larger;
      this.held += larger.byteLength - before;
      this.#endLargest(this);
      if (this.#problem) return undefined;
    }
    this.#buffer.set(chunk, this.#size);
    this.#size = size;
    return undefined;
  }
}
