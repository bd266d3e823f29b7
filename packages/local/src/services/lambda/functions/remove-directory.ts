/** Removes directories. */
import { rm } from "node:fs/promises";

/** Removes a directory with its contents. */
export async function removeDirectory(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Files that are still open are removed when the service is next created.
  }
}
