/** What the functions are linked to, as SST writes it to sst-env.d.ts when it deploys the app. */
export type { Resource } from "sst";

declare module "sst" {
  export interface Resource {
    Events: { arn: string };
    Prices: { currency: string };
    Signature: { value: string };
  }
}
