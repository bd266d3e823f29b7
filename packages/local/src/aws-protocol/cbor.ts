/** CBOR (RFC 8949), as RPC v2 has it; its library is loaded by the first call that needs it. */
import { AwsError, unsupported } from "./errors.ts";
import { isMembers, type JsonInput } from "./json-protocol.ts";

/** The media type of CBOR. */
export const cborType = "application/cbor";

const library = () => import("cborg");

/** Seconds since 1970, as AWS JSON has timestamps too. */
const timestampTag = 1;

/**
 * The structure in a body; an empty one counts as `{}`, a member that is null as missing.
 * @throws AwsError SerializationException when it holds none, or a member `__proto__`.
 */
export async function decodeCbor(body: Buffer): Promise<JsonInput> {
  if (body.length === 0) return {};
  const { decode } = await library();
  try {
    const tags = { [timestampTag]: (content: () => unknown) => content() };
    const input = valueOf(decode(body, { tags, rejectDuplicateMapKeys: true }));
    if (isMembers(input)) return input;
    throw new Error("It holds no map.");
  } catch (cause) {
    if (cause instanceof AwsError) throw cause;
    const error = new AwsError("SerializationException", "The request body is not a CBOR map.");
    throw Object.assign(error, { cause });
  }
}

function valueOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueOf);
  if (!isMembers(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  // Schemas would drop such a member without a word.
  if (members.some(([name]) => name === "__proto__")) {
    throw unsupported("members named __proto__", "SerializationException");
  }
  return Object.fromEntries(members.map(([name, member]) => [name, valueOf(member)]));
}

/** A structure in CBOR, without members that are undefined; dates are timestamps. */
export async function encodeCbor(output: object): Promise<Buffer> {
  const { encode, Token, Type } = await library();
  const encodeDate = (date: Date) => [
    new Token(Type.tag, timestampTag),
    new Token(Type.float, date.getTime() / 1000),
  ];
  const options = { ignoreUndefinedProperties: true, typeEncoders: { Date: encodeDate } };
  return Buffer.from(encode(output, options));
}
