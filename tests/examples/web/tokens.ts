/** ID tokens as Cognito issues them, without a signature that anything here would verify. */
export const idToken = (claims: object) =>
  `${part({ alg: "RS256", kid: "key-1" })}.${part(claims)}.c2lnbmF0dXJl`;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
