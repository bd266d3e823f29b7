/**
 * Resource types that protected stages may have although no rule knows them, each with the reason why it
 * takes no data and no access out of the app, such as `"aws:acme/thing:Thing": "holds only …"`.
 */
export const admittedTypes: Readonly<Record<string, string>> = {};

/** Services that protected stages may let in beside those of this app, each with the reason. */
export const admittedServices: Readonly<Record<string, string>> = {};
