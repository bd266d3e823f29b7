/** IAM: roles, and whether they allow what functions call. */
export { createAuthorize, roleAllows, type AuthorizeDeps } from "./authorize.ts";
export { createRoles, type RoleInput, type Roles } from "./roles.ts";
