/**
 * Options that npm took for itself. Of `npm run NAME --dry-run` the script gets no argument, only the
 * variable `npm_config_dry_run` (recorded: @npmcli/config of npm 10 and 11, set-envs.js).
 */
import fs from "node:fs";
import path from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";

/** What to write instead; undefined where npm took none of the command's options. */
export function findTakenByNpm(
  command: CommandUnknownOpts,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): string | undefined {
  const [, script] = /^npm (?:run )?(?:-s )?(\S+) --$/.exec(command.name()) ?? [];
  if (script === undefined || script !== env["npm_lifecycle_event"]) return undefined;
  const sub = command.commands.find((each) => each.name() === args[0]);
  const taken = (sub ?? command).options.flatMap(({ long, flags, required }) =>
    long !== undefined && !isGiven(long, args) && isTaken(long, required, env)
      ? [{ long, flags }]
      : [],
  );
  if (taken.length === 0) return undefined;
  const names = taken.map(({ long }) => long).join(" and ");
  const call = [command.name(), ...(sub ? [sub.name()] : []), ...taken.map(({ flags }) => flags)];
  return `npm took ${names} for itself: write ${call.join(" ")}`;
}

const isGiven = (long: string, args: readonly string[]) =>
  args.some((arg) => arg === long || arg.startsWith(`${long}=`));

/** npm has a flag that is off, and a value that is missing, as an empty text. */
function isTaken(long: string, hasValue: boolean, env: NodeJS.ProcessEnv): boolean {
  const name = lettersOf(long);
  const isSet = Object.entries(env).some(
    ([key, value]) =>
      key.startsWith(prefix) &&
      lettersOf(key.slice(prefix.length)) === name &&
      (hasValue || value !== ""),
  );
  return isSet && !mayBeSetting(name, env);
}

const prefix = "npm_config_";

/** `--dryrun` and `--dry_run` are meant as `--dry-run`. */
const lettersOf = (name: string) => name.replaceAll(/[-_]/g, "");

/**
 * Whether users may have set it for npm's own commands. `yes` stands in the environment of many
 * scripts; a command that misses it says so.
 */
const mayBeSetting = (name: string, env: NodeJS.ProcessEnv) =>
  name === "yes" || (name === "json" && filesOf(env).some((file) => setsJson(file)));

/** The .npmrc files of the project, the user and the machine; npm names them to its scripts. */
const filesOf = (env: NodeJS.ProcessEnv) => [
  path.join(env["npm_config_local_prefix"] ?? ".", ".npmrc"),
  env["npm_config_userconfig"] ?? "",
  env["npm_config_globalconfig"] ?? "",
];

const setsJson = (file: string) =>
  fs.existsSync(file) && /^\s*json\s*(?:=|$)/m.test(fs.readFileSync(file, "utf8"));
