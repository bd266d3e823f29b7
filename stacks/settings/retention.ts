/** Log retention in days, for the log groups that SST does not create. */
import type { StageSettings } from "./schema.ts";

const days: Record<StageSettings["logRetention"], number> = {
  "1 week": 7,
  "1 month": 30,
  "1 year": 365,
};

/** How many days this stage's log groups keep their lines. */
export const retentionInDays = ({ logRetention }: StageSettings): number => days[logRetention];
