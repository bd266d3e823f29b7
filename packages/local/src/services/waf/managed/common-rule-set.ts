/** AWSManagedRulesCommonRuleSet (WAF/aws-managed-rule-groups-baseline). */
import { found, longerThan, parts } from "./parts.ts";
import { described, exemplified, type ManagedGroup, unpublished } from "./rule-group.ts";

const traversal = /\.\.\/\.\.\//;
const systemFile = /\.(?:log|ini)(?:$|[/?#])/;
const remoteFile = /(?:https?|ftps?|file):\/\/\d{1,3}(?:\.\d{1,3}){3}(?!\w)/;
const script = /<script[\s/>]/;
const badBot = /nessus|nmap/;

/** The core rule set: sizes and a missing User-Agent as documented, attacks by AWS's examples. */
export const commonRuleSet: ManagedGroup = {
  name: "AWSManagedRulesCommonRuleSet",
  capacity: 700,
  labelPrefix: "awswaf:managed:aws:core-rule-set:",
  isVersioned: true,
  rules: [
    described(
      "NoUserAgent_HEADER",
      "NoUserAgent_Header",
      (view) => parts.userAgents(view).length === 0,
    ),
    exemplified("UserAgent_BadBots_HEADER", "BadBots_Header", found(badBot, parts.userAgents)),
    described(
      "SizeRestrictions_QUERYSTRING",
      "SizeRestrictions_QueryString",
      longerThan(2048, parts.queryString),
    ),
    described(
      "SizeRestrictions_Cookie_HEADER",
      "SizeRestrictions_Cookie_Header",
      longerThan(10_240, parts.cookies),
    ),
    described("SizeRestrictions_BODY", "SizeRestrictions_Body", longerThan(8192, parts.body)),
    described(
      "SizeRestrictions_URIPATH",
      "SizeRestrictions_URIPath",
      longerThan(1024, parts.uriPath),
    ),
    unpublished("EC2MetaDataSSRF_BODY", "EC2MetaDataSSRF_Body"),
    unpublished("EC2MetaDataSSRF_COOKIE", "EC2MetaDataSSRF_Cookie"),
    unpublished("EC2MetaDataSSRF_URIPATH", "EC2MetaDataSSRF_URIPath"),
    unpublished("EC2MetaDataSSRF_QUERYARGUMENTS", "EC2MetaDataSSRF_QueryArguments"),
    exemplified(
      "GenericLFI_QUERYARGUMENTS",
      "GenericLFI_QueryArguments",
      found(traversal, parts.queryValues),
    ),
    exemplified("GenericLFI_URIPATH", "GenericLFI_URIPath", found(traversal, parts.uriPath)),
    exemplified("GenericLFI_BODY", "GenericLFI_Body", found(traversal, parts.body)),
    exemplified(
      "RestrictedExtensions_URIPATH",
      "RestrictedExtensions_URIPath",
      found(systemFile, parts.uriPath),
    ),
    exemplified(
      "RestrictedExtensions_QUERYARGUMENTS",
      "RestrictedExtensions_QueryArguments",
      found(systemFile, parts.queryValues),
    ),
    exemplified(
      "GenericRFI_QUERYARGUMENTS",
      "GenericRFI_QueryArguments",
      found(remoteFile, parts.queryValues),
    ),
    exemplified("GenericRFI_BODY", "GenericRFI_Body", found(remoteFile, parts.body)),
    exemplified("GenericRFI_URIPATH", "GenericRFI_URIPath", found(remoteFile, parts.uriPath)),
    exemplified(
      "CrossSiteScripting_COOKIE",
      "CrossSiteScripting_Cookie",
      found(script, parts.cookies),
    ),
    exemplified(
      "CrossSiteScripting_QUERYARGUMENTS",
      "CrossSiteScripting_QueryArguments",
      found(script, parts.queryValues),
    ),
    exemplified("CrossSiteScripting_BODY", "CrossSiteScripting_Body", found(script, parts.body)),
    exemplified(
      "CrossSiteScripting_URIPATH",
      "CrossSiteScripting_URIPath",
      found(script, parts.uriPath),
    ),
  ],
};
