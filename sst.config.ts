/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { writtenSettings } = await import("./stacks/settings.ts");
    const { protect, removal, region } = writtenSettings(input.stage);
    return {
      name: "secure-lambda",
      home: "aws",
      protect,
      removal,
      providers: { aws: { version: "7.20.0", region } },
    };
  },
  async run() {
    const { settingsFor } = await import("./stacks/settings.ts");
    const { createIdentity } = await import("./stacks/identity.ts");
    const { createMessaging } = await import("./stacks/messaging.ts");
    const { createTopicSecret } = await import("./stacks/secrets.ts");
    const { createExternalLambda } = await import("./stacks/external-lambda.ts");
    const { createInternalLambda } = await import("./stacks/internal-lambda.ts");
    const { createApi } = await import("./stacks/api.ts");
    const { createFirewall } = await import("./stacks/firewall.ts");
    const { createObservability } = await import("./stacks/observability.ts");

    const settings = settingsFor($app.stage);
    const identity = createIdentity(settings);
    const messaging = createMessaging(settings);
    const secret = createTopicSecret(settings, messaging);
    const externalLambda = createExternalLambda({ settings, identity, messaging, secret });
    createInternalLambda({ settings, messaging });
    const api = createApi({ settings, identity, externalLambda });
    const firewall = createFirewall({ settings, api });
    createObservability({ settings, api, firewall, messaging });

    return { ...api.outputs, ...identity.outputs };
  },
});
