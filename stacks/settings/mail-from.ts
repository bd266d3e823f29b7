/** The setting `mailFrom`: whom the user pools' mail comes from (documented: COGNITO/user-pool-email). */
import * as z from "zod";
import { email } from "./addresses.ts";
import { regions } from "./regions.ts";

type Region = (typeof regions)[number];

/** An identity of the account that SES has verified, and the From address, which is one of it. */
export const mailFrom = z
  .strictObject({
    /** Without `domain` it is the identity itself. */
    address: email,
    /** What mail programs show in place of the address. */
    name: z
      .string()
      .regex(/^[ !#-[\]-~]{1,64}$/, {
        error: "must have up to 64 ASCII characters, without quotes and backslashes",
      })
      .optional(),
    /** The domain that is the identity: the address is of it, or of a subdomain. */
    domain: z
      .string()
      .regex(/^(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}$/, {
        error: "must be a domain in lower case, such as example.com",
        abort: true,
      })
      .optional(),
    /** The Region of the identity; by default that of the stage. */
    region: z
      .enum(regions, {
        error: ({ input }) => `${String(input)} is not one of ${regions.join(", ")}`,
      })
      .optional(),
  })
  .readonly()
  .refine(({ address, domain }) => domain === undefined || isOf(address, domain), {
    path: ["address"],
    error: "must be of mailFrom.domain, or of a subdomain of it",
  });

/** Whom the mail comes from. */
export type MailFrom = z.infer<typeof mailFrom>;

/** SES takes subdomains of a verified domain (documented: SES/creating-identities). */
const isOf = (address: string, domain: string) =>
  address
    .toLowerCase()
    .replace(/^[^@]+@/, ".")
    .endsWith(`.${domain}`);

/** Where user pools send only by identities of their own Region. */
const onlyTheirOwn: readonly Region[] = [
  "af-south-1",
  "ap-northeast-3",
  "ap-southeast-3",
  "eu-north-1",
  "eu-south-1",
  "eu-west-3",
  "il-central-1",
  "me-south-1",
  "sa-east-1",
  "us-west-1",
];

/** Where SES is not, and whose identities user pools there send by. */
const instead: Partial<Record<Region, Region>> = {
  "ap-east-1": "ap-southeast-1",
  "ap-south-2": "ap-south-1",
  "ap-southeast-4": "ap-southeast-2",
  "ap-southeast-5": "ap-southeast-2",
  "ap-southeast-7": "ap-southeast-1",
  "ca-west-1": "ca-central-1",
  "eu-central-2": "eu-central-1",
  "eu-south-2": "eu-west-3",
  "me-central-1": "eu-central-1",
  "mx-central-1": "us-east-1",
};

/** Whether SES is not in a Region, so that an identity elsewhere has to let its user pools send. */
export const lacksSes = (region: string): boolean => Object.hasOwn(instead, region);

/** The Regions whose identities a user pool can send by; of ap-east-2 AWS's table says nothing. */
export function senderRegions(region: Region): readonly Region[] {
  const other = instead[region];
  if (other !== undefined) return [other];
  if (region === "ap-east-2" || onlyTheirOwn.includes(region)) return [region];
  return [...new Set<Region>([region, "us-east-1", "us-west-2", "eu-west-1"])];
}
