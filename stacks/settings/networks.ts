/** Networks of settings, as AWS WAF takes them. */
import * as z from "zod";

/** The network as it is written: the first address and the length of the prefix. */
function canonical(cidr: string): string {
  const [address = "", length = ""] = cidr.split("/");
  const bits = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const first = bits - (bits % 2 ** (32 - Number(length)));
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${length}`;
}

/** WAF takes every range but /0 (documented: WAF/limits), by its first address (reported: aws/aws-cdk#20003). */
const network = z
  .cidrv4({ abort: true })
  .refine((cidr) => !cidr.endsWith("/0"), { error: "must be narrower than /0", abort: true })
  .refine((cidr) => cidr === canonical(cidr), {
    error: ({ input }) => `must be written by its first address: ${canonical(String(input))}`,
  });

/** IPv4 networks; WAF takes 10,000 in a set (documented: WAF/limits). */
export const networks = z
  .array(network)
  .max(10_000)
  .refine((all) => new Set(all).size === all.length, { error: "must name each network once" })
  .readonly();
