/** Requests as the console's API describes them. */
import type { requestDetail, requestSummary } from "../../../console-api/request-view.ts";
import type * as z from "zod/mini";

export { requestDetail, requestSummary } from "../../../console-api/request-view.ts";

/** A request in the list. */
export type RequestSummary = z.infer<typeof requestSummary>;

/** A request with everything that is known of it. */
export type RequestDetails = z.infer<typeof requestDetail>;

/** One step of a request. */
export type Step = RequestDetails["steps"][number];
