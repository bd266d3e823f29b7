/** What the form to send a request begins with. */
import { keep } from "../kept.ts";

/** The route as `POST /path`, and the body. */
export const draft = keep({ route: "", body: '{ "name": "Ada" }' });
