/** A thread that ends its whole process, and what that started, once the local cloud is gone. */
import { Socket } from "node:net";
import { LIFELINE_FD } from "./descriptors.ts";

new Socket({ fd: LIFELINE_FD, readable: true, writable: false })
  .on("close", () => {
    // An execution environment leads its own process group.
    process.kill(-process.pid, "SIGKILL");
  })
  .on("error", () => {
    // "close" follows.
  })
  .resume();
