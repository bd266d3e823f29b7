/** IAM: roles, policies, and whether they allow what is called. */
export { createAuthorize, roleAllows } from "./authorize.ts";
export { parseResourcePolicy } from "./policy.ts";
export { createRoles, type Roles } from "./roles.ts";
export { createSenderChecks } from "./senders.ts";
export { unevaluatedConditions } from "./unevaluated.ts";
