/** Installs SST's platform where it is missing, and shows that this takes a while. */
import { createRunDirectory } from "../runs/run-directory.ts";
import { SstFailedError } from "../sst/cli.ts";
import { sstEnvironment } from "../sst/environment.ts";
import { installPlatform, isPlatformInstalled } from "../sst/install.ts";
import { openProject } from "../sst/project.ts";
import type { Terminal } from "../terminal/terminal.ts";

/**
 * Makes sure that SST's platform is installed in the app's folder.
 * @throws Error when the installation fails; the signal's reason when it is aborted.
 */
export async function ensurePlatform(
  projectFolder: string,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<void> {
  const project = openProject(projectFolder);
  if (isPlatformInstalled(project)) return;
  const step = terminal.step("Installing SST's platform (once, about a minute)");
  const folder = createRunDirectory(project.cloudFolder);
  try {
    const env = sstEnvironment(process.env, {
      region: "us-east-1",
      configFolder: folder.folder("config"),
      temporaryFolder: folder.folder("tmp"),
    });
    await installPlatform(project, { env, signal });
    step.done("SST's platform installed");
  } catch (cause) {
    step.failed();
    if (!(cause instanceof SstFailedError)) throw cause;
    const advice = "Check that the npm registry can be reached, then run the same command again.";
    throw new Error(`${cause.message}\nSST's platform was not installed. ${advice}`, { cause });
  } finally {
    folder.remove();
  }
}
