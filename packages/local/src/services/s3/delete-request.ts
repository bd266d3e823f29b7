/** The document of DeleteObjects. It is read strictly: a key that is skipped would not be deleted. */
import { AwsError, unsupported } from "../../aws-protocol/errors.ts";
import { utf8Text } from "../../aws-protocol/utf8.ts";
import { unescapeXml } from "../../aws-protocol/xml.ts";

/** What to delete, and whether the response leaves out what was deleted. */
export interface DeleteRequest {
  readonly keys: readonly string[];
  readonly quiet: boolean;
}

const document =
  /^\ufeff?(?:<\?xml [^<>]*\?>)?\s*<Delete(?:\s+xmlns="[^"<&]*")?\s*>(.*)<\/Delete\s*>\s*$/s;
const member =
  /\s*(?:<Quiet>(true|false)<\/Quiet>|<Object>\s*((?:<(\w+)>[^<]*<\/\3>\s*)*)<\/Object>)\s*/y;

/** Limit: documented, S3-API/DeleteObjects. */
const mostKeys = 1000;

/**
 * The request in a body.
 * @throws AwsError MalformedXML, or NotImplemented for a condition on an object.
 */
export function parseDeleteRequest(body: Buffer): DeleteRequest {
  const content = document.exec(utf8Text(body) ?? "")?.[1];
  if (content === undefined) throw malformed();
  const keys: string[] = [];
  let quiet = false;
  member.lastIndex = 0;
  while (member.lastIndex < content.length) {
    const found = member.exec(content);
    if (found === null) throw malformed();
    const [, isQuiet, object] = found;
    if (object === undefined) quiet = isQuiet === "true";
    else keys.push(keyOf(object));
  }
  if (keys.length > mostKeys) throw malformed();
  return { keys, quiet };
}

function keyOf(object: string): string {
  const keys: string[] = [];
  for (const [, name = "", content = ""] of object.matchAll(/<(\w+)>([^<]*)</g)) {
    const text = unescapeXml(content);
    if (text === undefined || text === "") throw malformed();
    if (name === "Key") keys.push(text);
    // An object's only version.
    else if (name !== "VersionId" || text !== "null") {
      throw unsupported(`${name} in DeleteObjects`, "NotImplemented", 501);
    }
  }
  const [key, another] = keys;
  if (key === undefined || another !== undefined) throw malformed();
  return key;
}

function malformed(): AwsError {
  const message =
    "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", message);
}
