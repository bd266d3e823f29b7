/** What one request carries through the app besides itself. */

/** The app's types for Hono. The bindings come from the Lambda adapter, so they are parsed on use. */
export interface AppEnv {
  Bindings: { readonly requestContext?: unknown };
  Variables: {
    /** Set before anything else. */
    correlationId: string;
    /** The caller's id, once the token is verified. */
    subject: string | undefined;
    /** The id that the topic gave the name, once it is published. */
    messageId: string | undefined;
  };
}
