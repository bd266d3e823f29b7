/** Loaded first by a process that stays in the local cloud. */
import { stayLocal } from "./stay-local.ts";

stayLocal();
