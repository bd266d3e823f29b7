/**
 * The numbers of SNS, in attributes and in filter policies (documented: SNS/sns-message-attributes,
 * SNS/subscription-filter-policy-constraints). AWS may round others; here they are rejected.
 */

/** The numbers that are in the range, in words. */
export const numberRange =
  "-1000000000 to 1000000000, with at most five digits after the decimal point";

/** Whether a number is in the range. */
export function isInNumberRange(value: number): boolean {
  return Math.abs(value) <= 1e9 && Math.round(value * 1e5) / 1e5 === value;
}
