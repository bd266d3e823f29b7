/** esbuild plugins of the row with init tasks and SDK shims. */
import plugins from "../../packages/cold-start/esbuild-plugins.mjs";
import { withoutWebShims } from "./without-web-shims.mjs";

export default [...plugins.filter(({ name }) => name === "aws-sdk-shims"), withoutWebShims];
