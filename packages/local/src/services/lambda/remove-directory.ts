/** Removes folders that nothing needs any more. */
import { rm } from "node:fs/promises";

/** Removes a folder with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Whatever is still held open goes when the service is next created over the same folder.
  }
}
