/** The media type of a request's body. */

/** The type of the content without its parameters, in lower case; empty for none. */
export function mediaType(headers: Headers): string {
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  return type.trim().toLowerCase();
}
