/** Log groups and how a terminal shows them. */
export {
  createLogGroups,
  type LogEvent,
  type LogGroup,
  type LogGroups,
  type StoredLogEvent,
} from "./log-groups.ts";
export { renderLogEvent } from "./render.ts";
