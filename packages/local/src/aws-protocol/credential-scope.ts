/** The credential scope of a signed request: access key, service, region (Signature Version 4). */

/** The parts of a credential scope that the endpoint uses. */
export interface CredentialScope {
  accessKeyId: string;
  region: string;
  service: string;
}

const shape =
  /^(?<accessKeyId>[^/\s]+)\/\d{8}\/(?<region>[a-z0-9-]+)\/(?<service>[a-z0-9-]+)\/aws4_request$/;

/** The scope in the `Authorization` header or in a presigned URL; undefined when unsigned. */
export function credentialScope(headers: Headers, url: URL): CredentialScope | undefined {
  const authorization = headers.get("authorization") ?? "";
  const credential = authorization.startsWith("AWS4-HMAC-SHA256 ")
    ? /Credential=([^,\s]+)/.exec(authorization)?.[1]
    : url.searchParams.get("X-Amz-Credential");
  const groups = shape.exec(credential ?? "")?.groups;
  const { accessKeyId, region, service } = groups ?? {};
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}
