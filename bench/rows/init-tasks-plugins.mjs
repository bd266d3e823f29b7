/** esbuild plugins of the row with init tasks only. */
import { withoutWebShims } from "./without-web-shims.mjs";

export default [withoutWebShims];
