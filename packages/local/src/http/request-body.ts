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
  /** What has arrived so far; nothing of a body that was given up. */
  readonly arrived: Buffer;
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

/** Chunks of large bodies that are taken in one turn of the event loop: its other callers wait for them. */
const CHUNKS_A_TURN = 4;

/** Bytes of a small body, as requests of an API have: large ones cannot keep it out. */
const SMALL = 16 * 1024;

/**
 * Creates a budget of `most` bytes, and half as many for small bodies. When either is used up, the body
 * that is still being sent and has not grown for longest is given up: one that stalls, or drips, goes
 * before one that comes.
 */
export function createBodyBudget(most: number): BodyBudget {
  /** In the order of their latest growth. */
  const bodies = new Set<BudgetedBody>();

  function giveRoom(growing: BudgetedBody): void {
    bodies.delete(growing);
    bodies.add(growing);
    const { isSmall } = growing;
    const room = isSmall ? most / 2 : most;
    const peers = () => bodies.values().filter((body) => body.isSmall === isSmall);
    while (peers().reduce((sum, { held }) => sum + held, 0) > room) {
      const oldest = peers().find(({ isReading }) => isReading);
      (oldest ?? growing).end("noRoom");
    }
  }

  const turn = createTurns();
  return {
    open: (request, limit) =>
      new BudgetedBody(request, limit, { giveRoom, turn, close: (body) => bodies.delete(body) }),
  };
}

/** Lets those that wait for their turn go on, a few in each turn of the event loop. */
function createTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];

  function callNext(): void {
    for (const goOn of waiting.splice(0, CHUNKS_A_TURN)) goOn();
    if (waiting.length > 0) setImmediate(callNext);
  }

  return () =>
    new Promise((goOn) => {
      if (waiting.push(goOn) === 1) setImmediate(callNext);
    });
}

/** What the bodies of a budget share. */
interface Shared {
  giveRoom(growing: BudgetedBody): void;
  turn(): Promise<void>;
  close(body: BudgetedBody): void;
}

class BudgetedBody implements RequestBody {
  readonly announced: number | undefined;
  isReading: boolean;
  /** Bytes of memory. */
  held = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #limit: number;
  readonly #shared: Shared;
  #buffer = Buffer.alloc(0);
  #size = 0;
  /** Throws what ended it early: an error costs a stack trace, so it is made for a reader only. */
  #fail: (() => never) | undefined;

  constructor(request: Request, limit: number, shared: Shared) {
    const length = request.headers.get("content-length");
    this.announced = length === null ? undefined : Number(length);
    this.#reader = request.body?.getReader();
    this.isReading = this.#reader !== undefined;
    this.#limit = limit;
    this.#shared = shared;
  }

  get arrived(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  get isSmall(): boolean {
    return this.held <= SMALL;
  }

  async read(bytes = Infinity): Promise<Buffer> {
    if ((this.announced ?? 0) > this.#limit) this.end("tooLarge");
    while (this.isReading && this.#size < bytes) {
      try {
        await this.#readChunk();
        if (!this.isSmall) await this.#shared.turn();
      } catch (cause) {
        this.end("incomplete", cause);
      }
    }
    this.#fail?.();
    return this.#buffer.subarray(0, this.#size);
  }

  addBytes(bytes: number): void {
    this.held += bytes;
    this.#shared.giveRoom(this);
    this.#fail?.();
  }

  release(): void {
    this.end("incomplete");
    this.#shared.close(this);
  }

  /** Reads no further, and holds nothing any more. */
  end(reason: Reason, cause?: unknown): void {
    this.#fail ??= () => {
      throw new RequestBodyError(reason, cause);
    };
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
      this.#shared.giveRoom(this);
      if (this.#fail) return undefined;
    }
    this.#buffer.set(chunk, this.#size);
    this.#size = size;
    return undefined;
  }
}
