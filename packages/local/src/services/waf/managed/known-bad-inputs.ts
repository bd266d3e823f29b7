/** AWSManagedRulesKnownBadInputsRuleSet (WAF/aws-managed-rule-groups-baseline). */
import { found, parts } from "./parts.ts";
import { described, exemplified, type ManagedGroup, unpublished } from "./rule-group.ts";

const javaExecution = /java\.lang\.runtime\)?\.getruntime\(\)\.exec\(/;
const log4j = /\$\{jndi:/;
const protectedFolder = /\/web-inf(?:$|[/?#])/;

/** Known bad inputs: PROPFIND as documented, the others by AWS's examples. */
export const knownBadInputs: ManagedGroup = {
  name: "AWSManagedRulesKnownBadInputsRuleSet",
  capacity: 200,
  labelPrefix: "awswaf:managed:aws:known-bad-inputs:",
  isVersioned: true,
  rules: [
    exemplified(
      "JavaDeserializationRCE_HEADER",
      "JavaDeserializationRCE_Header",
      found(javaExecution, parts.headers),
    ),
    exemplified(
      "JavaDeserializationRCE_BODY",
      "JavaDeserializationRCE_Body",
      found(javaExecution, parts.body),
    ),
    exemplified(
      "JavaDeserializationRCE_URIPATH",
      "JavaDeserializationRCE_URIPath",
      found(javaExecution, parts.uriPath),
    ),
    exemplified(
      "JavaDeserializationRCE_QUERYSTRING",
      "JavaDeserializationRCE_QueryString",
      found(javaExecution, parts.queryString),
    ),
    // Would match every local request: here callers use a host name of this machine.
    unpublished("Host_localhost_HEADER", "Host_Localhost_Header"),
    described("PROPFIND_METHOD", "Propfind_Method", ({ request }) => request.method === "PROPFIND"),
    exemplified(
      "ExploitablePaths_URIPATH",
      "ExploitablePaths_URIPath",
      found(protectedFolder, parts.uriPath),
    ),
    exemplified("Log4JRCE_HEADER", "Log4JRCE_Header", found(log4j, parts.headers)),
    exemplified("Log4JRCE_QUERYSTRING", "Log4JRCE_QueryString", found(log4j, parts.queryString)),
    exemplified("Log4JRCE_BODY", "Log4JRCE_Body", found(log4j, parts.body)),
    exemplified("Log4JRCE_URIPATH", "Log4JRCE_URIPath", found(log4j, parts.uriPath)),
    unpublished("ReactJSRCE_BODY", "ReactJSRCE_Body"),
  ],
};
