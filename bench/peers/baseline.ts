/** The baseline: what Node and the harness take by themselves. */

/** Does nothing. */
export const handler = async () => ({ statusCode: 200, body: '""' });
