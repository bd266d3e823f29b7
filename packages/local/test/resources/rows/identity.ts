/** User pools. */
import type { Row } from "./row.ts";

export const identity: Row[] = [
  {
    type: "aws:cognito/userPool:UserPool",
    name: "UserPool",
    inputs: () => ({ usernameAttributes: ["email"], deletionProtection: "ACTIVE" }),
    change: () => ({ deletionProtection: "INACTIVE" }),
  },
  {
    type: "aws:cognito/userPoolClient:UserPoolClient",
    name: "UserPoolClient",
    inputs: (made) => ({ userPoolId: made.id("UserPool") }),
    change: () => ({ generateSecret: false, idTokenValidity: 2 }),
  },
  {
    type: "aws:cognito/userPoolDomain:UserPoolDomain",
    name: "UserPoolDomain",
    inputs: (made) => ({ userPoolId: made.id("UserPool"), domain: "one" }),
    change: () => ({ domain: "another" }),
    replaced: true,
  },
];
