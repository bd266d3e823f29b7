/** Log groups and how a terminal shows them. */
export {
  createLogGroups,
  type LogEvent,
  type LogGroups,
  type StoredLogEvent,
} from "./log-groups.ts";
export { accessLogStream } from "../../terminal/access-line.ts";
export { renderLogEvent } from "../../terminal/render.ts";
