/** Reads a user pool's public keys during deployment, so that a cold start does not fetch them. */
import { readKeys } from "./read-keys.ts";

/** The pool's JSON Web Key Set, from Cognito's own endpoint, whatever endpoint clients are given. */
export function fetchJwks(userPoolId: $util.Output<string>) {
  return $util
    .all([userPoolId, aws.getRegionOutput().region])
    .apply(([id, region]) =>
      readKeys(`https://cognito-idp.${region}.amazonaws.com/${id}/.well-known/jwks.json`),
    );
}
