/** A thread that ends its whole process once the process that started it is gone. */
const CHECK_MS = 250;
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, CHECK_MS);
