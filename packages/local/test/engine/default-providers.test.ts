/** The default providers, read from the options by which the SST CLI configures them. */
import { expect, it } from "vitest";
import { defaultProviders } from "../../src/engine/default-providers.ts";

const stack = { app: "shop", stage: "prod" };
const inputsBy = (...config: string[]) =>
  defaultProviders(stack, config).map(({ type, inputs }) => [type, inputs]);

it("are one of each package, like components without an id", () => {
  expect(defaultProviders(stack, ["aws:region=eu-west-1"])).toEqual([
    expect.objectContaining({
      urn: "urn:pulumi:prod::shop::pulumi:providers:aws::default",
      type: "pulumi:providers:aws",
      name: "default",
      custom: false,
      inputs: { region: "eu-west-1" },
    }),
  ]);
  expect(inputsBy("aws:region=eu-west-1", "random:version=1", "aws:version=7.48.0")).toEqual([
    ["pulumi:providers:aws", { region: "eu-west-1", version: "7.48.0" }],
    ["pulumi:providers:random", { version: "1" }],
  ]);
});

it("have tags as Pulumi keeps them, which may hold any sign", () => {
  const tags = '{"tags":{"owner":"a=b:c\\n"}}';
  expect(inputsBy(`aws:defaultTags=${tags}`)).toEqual([
    ["pulumi:providers:aws", { defaultTags: tags }],
  ]);
});

it("say of what may be a secret only that it is set", () => {
  expect(inputsBy("cloudflare:apiToken=secret", "aws:secretKey=secret")).toEqual([
    ["pulumi:providers:cloudflare", { apiToken: "(not shown)" }],
    ["pulumi:providers:aws", { secretKey: "(not shown)" }],
  ]);
});

it("are none without options", () => {
  expect(inputsBy()).toEqual([]);
});
