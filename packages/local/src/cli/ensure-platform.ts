/** Installs SST's platform where it is missing, and shows that this takes a while. */
import { createRunFolder } from "../run-folder.ts";
import { sstEnvironment } from "../sst/environment.ts";
import { installPlatform, isPlatformInstalled } from "../sst/install.ts";
import { openProject } from "../sst/project.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Makes sure that SST's platform is installed in the app's folder.
 * @throws SstFailedError when the installation fails; the signal's reason when it is aborted.
 */
export async function ensurePlatform(
  projectFolder: string,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<void> {
  const project = openProject(projectFolder);
  if (isPlatformInstalled(project)) return;
  const step = terminal.step("Installing SST's platform, once: about half a minute");
  const folder = createRunFolder(project.cloudFolder);
  try {
    const env = sstEnvironment(process.env, {
      region: "us-east-1",
      configFolder: folder.folder("config"),
      temporaryFolder: folder.folder("tmp"),
    });
    await installPlatform(project, { env, signal });
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  } finally {
    folder.remove();
  }
}
