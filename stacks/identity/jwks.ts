/** Reads a user pool's public keys during deployment, so that a cold start does not fetch them. */
import * as z from "zod";

const jwksSchema = z.object({
  keys: z
    .array(z.object({ kid: z.string(), kty: z.string(), n: z.string(), e: z.string() }).loose())
    .min(1),
});

/**
 * The pool's JSON Web Key Set, from `AWS_ENDPOINT_URL` if that is set (by the local cloud),
 * otherwise from Cognito's endpoint on AWS.
 */
export function fetchJwks(userPoolId: $util.Output<string>) {
  return $util.all([userPoolId, aws.getRegionOutput().region]).apply(async ([id, region]) => {
    const endpoint =
      process.env["AWS_ENDPOINT_URL"] ?? `https://cognito-idp.${region}.amazonaws.com`;
    const response = await fetch(`${endpoint}/${id}/.well-known/jwks.json`);
    if (!response.ok) {
      throw new Error(`The keys of user pool ${id} could not be read: HTTP ${response.status}.`);
    }
    return jwksSchema.parse(await response.json());
  });
}
