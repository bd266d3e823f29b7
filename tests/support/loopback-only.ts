/** Test setup: connections only to this machine. */
import { guardNetwork } from "./network-guard.ts";

guardNetwork((host) => ["127.0.0.1", "localhost", "::1", "a local socket"].includes(host));
