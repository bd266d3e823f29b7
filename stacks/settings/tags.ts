/** The tags of every resource, as default tags of the provider; SST adds `sst:app` and `sst:stage`. */
import { appName } from "@secure-lambda/functions/contract";
import type { StageSettings } from "./schema.ts";

/** The tags of a stage's resources. */
export const tagsOf = (stage: string, { owner }: Pick<StageSettings, "owner">) => ({
  app: appName,
  stage,
  ...(owner === undefined ? {} : { owner }),
});
