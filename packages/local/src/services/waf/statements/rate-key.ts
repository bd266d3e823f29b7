/** By what a rate-based statement counts: the address, or the values of headers. */
import { createHash } from "node:crypto";
import { namedValues } from "../inspection/pairs.ts";
import type { RequestView } from "../inspection/request.ts";
import { applyTransformations } from "../inspection/transformations.ts";
import type { RateBasedStatement } from "../settings/statements.ts";

/**
 * The key of a request; undefined for one that lacks a header, which is not counted (documented:
 * WAF/waf-rule-statement-type-rate-based-aggregation-options). Headers are kept as a digest: they
 * may be long, and credentials.
 */
export function rateKey({ customKeys }: RateBasedStatement) {
  return ({ request }: RequestView): string | undefined => {
    if (customKeys === undefined) return request.remoteAddress;
    const values = customKeys.map(({ header: { name, textTransformations } }) =>
      namedValues(request.headers, name).map((value) =>
        applyTransformations(value, textTransformations),
      ),
    );
    if (values.some(({ length }) => length === 0)) return undefined;
    return createHash("sha256").update(JSON.stringify(values)).digest("base64");
  };
}
