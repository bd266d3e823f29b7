/** What one request carries through the app besides itself. */

/** The app's types for Hono. */
export interface AppEnv {
  /** From the Lambda handler: the request's id in every log, and why there is no request, if so. */
  Bindings: { readonly correlationId: string; readonly failure?: Error };
  Variables: {
    /** The caller's id, once the token is verified. */
    subject: string | undefined;
    /** The id that the topic gave the name, once it is published. */
    messageId: string | undefined;
  };
}
