/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { writtenSettings } = await import("./stacks/settings/settings.ts");
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
    const { settingsFor } = await import("./stacks/settings/settings.ts");
    const { createIdentity } = await import("./stacks/identity/user-pools.ts");
    const { createMessaging } = await import("./stacks/messaging/messaging.ts");
    const { createTopicSecret } = await import("./stacks/secrets/topic-secret.ts");
    const { createExternalLambda } = await import("./stacks/functions/external-lambda.ts");
    const { createInternalLambda } = await import("./stacks/functions/internal-lambda.ts");
    const { createApi } = await import("./stacks/api/rest-api.ts");
    const { createFirewall } = await import("./stacks/firewall/web-acl.ts");
    const { createObservability } = await import("./stacks/observability/observability.ts");

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
