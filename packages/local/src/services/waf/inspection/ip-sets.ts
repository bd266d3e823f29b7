/** IP sets: lists of IPv4 or IPv6 networks that rules refer to. */
import { randomUUID } from "node:crypto";
import { BlockList, isIP } from "node:net";
import * as z from "zod";
import { UnsupportedRuleError, WafConfigurationError } from "../settings/errors.ts";

/** An IP set as Pulumi's `aws.wafv2.IpSet` gives it; `addresses` are networks in CIDR notation. */
export interface IpSetInput {
  id?: string | undefined;
  name: string;
  scope: string;
  ipAddressVersion: string;
  addresses: readonly string[];
}

const families = { IPV4: "ipv4", IPV6: "ipv6" } as const;
const addressVersion = z.enum(["IPV4", "IPV6"]);

/** Creates the store of IP sets; `arnPrefix` is `arn:aws:wafv2:REGION:ACCOUNT:regional`. */
export function createIpSets(arnPrefix: string) {
  const networksByArn = new Map<string, BlockList>();
  const arns = new Map<string, string>();

  /**
   * Creates an IP set, or replaces the addresses of the one with this id.
   * @throws UnsupportedRuleError for the CLOUDFRONT scope; WafConfigurationError for a bad network.
   */
  function put(input: IpSetInput): { id: string; arn: string } {
    if (input.scope !== "REGIONAL") {
      throw new UnsupportedRuleError(
        `The local cloud does not support IP sets of scope ${input.scope}.`,
      );
    }
    const networks = readNetworks(input);
    const id = input.id ?? randomUUID();
    const arn = `${arnPrefix}/ipset/${input.name}/${id}`;
    networksByArn.delete(arns.get(id) ?? "");
    networksByArn.set(arn, networks);
    arns.set(id, arn);
    return { id, arn };
  }

  /** Removes an IP set; one that does not exist is no error. */
  function remove(id: string): void {
    const arn = arns.get(id);
    if (arn !== undefined) networksByArn.delete(arn);
    arns.delete(id);
  }

  return {
    put,

    /** The ARN of an IP set. */
    arnOf: (id: string): string | undefined => arns.get(id),

    remove,

    /** Whether an IP set with this ARN exists. */
    has: (arn: string): boolean => networksByArn.has(arn),

    /** Whether an address is in an IP set. */
    contains(arn: string, address: string): boolean {
      const networks = networksByArn.get(arn);
      return networks?.check(address, isIP(address) === 6 ? "ipv6" : "ipv4") ?? false;
    },
  };
}

/** The IP sets of one firewall. */
export type IpSets = ReturnType<typeof createIpSets>;

function readNetworks({ name, ipAddressVersion, addresses }: IpSetInput): BlockList {
  const version = addressVersion.safeParse(ipAddressVersion);
  if (!version.success) throw badNetwork(name, ipAddressVersion);
  const family = families[version.data];
  const networks = new BlockList();
  for (const network of addresses) {
    const [address, prefix, ...rest] = network.split("/");
    // AWS WAF accepts every range but /0 (WAF/waf-ip-set-managing).
    const length = /^\d{1,3}$/.test(prefix ?? "") ? Number(prefix) : 0;
    const bits = family === "ipv4" ? 32 : 128;
    const isFamily = address !== undefined && isIP(address) === (family === "ipv4" ? 4 : 6);
    if (!isFamily || rest.length > 0 || length < 1 || length > bits || hasHostBits(address, length))
      throw badNetwork(name, network);
    networks.addSubnet(address, length, family);
  }
  return networks;
}

/** IPv4 ranges are taken by their first address only (reported: aws/aws-cdk#20003). */
function hasHostBits(address: string, length: number): boolean {
  if (isIP(address) !== 4) return false;
  const bits = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return bits % 2 ** (32 - length) !== 0;
}

function badNetwork(name: string, value: string): WafConfigurationError {
  return new WafConfigurationError(
    "WAFInvalidParameterException",
    `The IP set "${name}" has "${value}", which is not a network of its address version, written by its first address.`,
  );
}
