/** Test setup: no connection at all. */
import { guardNetwork } from "./network-guard.ts";

guardNetwork(() => false);
