/** Why a token was not accepted. `cause` is the verifier's error; only its class is ever logged. */

/** There is no token, or it is not a valid ID token of a user of this route. */
export class TokenRefusedError extends Error {
  override readonly name = "TokenRefusedError";
}

/** The token names a key that is not known here, and the user pool's keys could not be fetched. */
export class KeysUnavailableError extends Error {
  override readonly name = "KeysUnavailableError";
}
