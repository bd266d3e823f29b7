/**
 * The providers that resources have by default: Pulumi's engine creates one for each package that the CLI
 * configures by `--config PACKAGE:KEY=VALUE`.
 */
import type { Registration } from "../deployments/protocol.ts";

/** Values that are no secret. Of another key the graph only says that it is set. */
const shown = ["defaultTags", "region", "version"];

/**
 * The providers of a stack, their inputs as text, as Pulumi keeps them. Like a component one has no id:
 * nothing of it is in the account.
 */
export function defaultProviders(
  { app, stage }: { app: string; stage: string },
  config: readonly string[],
): Registration[] {
  const options = config.flatMap((option) => {
    const [, provider, key = "", value = ""] = /^([^:=]+):([^=]+)=([^]*)$/.exec(option) ?? [];
    return provider === undefined ? [] : [{ provider, key, value }];
  });
  return [...Map.groupBy(options, ({ provider }) => provider)].map(([provider, own]) => ({
    urn: `urn:pulumi:${stage}::${app}::pulumi:providers:${provider}::default`,
    type: `pulumi:providers:${provider}`,
    name: "default",
    parent: "",
    custom: false,
    ignoreChanges: [],
    dependencies: {},
    dependsOn: [],
    inputs: Object.fromEntries(
      own.map(({ key, value }) => [key, shown.includes(key) ? value : "(not shown)"]),
    ),
  }));
}
