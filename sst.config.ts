/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  async app(input) {
    const { appName } = await import("@secure-lambda/functions/contract");
    const { rawSettings } = await import("./stacks/settings/settings.ts");
    const { tagsOf } = await import("./stacks/settings/tags.ts");
    const settings = rawSettings(input.stage);
    const { protect, removal, region } = settings;
    const defaultTags = { tags: tagsOf(input.stage, settings) };
    return {
      name: appName,
      home: "aws",
      protect,
      removal,
      providers: { aws: { version: "7.48.0", region, defaultTags } },
    };
  },
  async run() {
    const { stageOf } = await import("./stacks/settings/stage.ts");
    const { createLogSettings } = await import("./stacks/shared/log-groups.ts");
    const { createIdentity } = await import("./stacks/identity/user-pools.ts");
    const { createMessaging } = await import("./stacks/messaging/messaging.ts");
    const { createTopicSecret } = await import("./stacks/secrets/topic-secret.ts");
    const { createExternalLambda } = await import("./stacks/functions/external-lambda.ts");
    const { createInternalLambda } = await import("./stacks/functions/internal-lambda.ts");
    const { createApi } = await import("./stacks/api/rest-api.ts");
    const { createFirewall } = await import("./stacks/firewall/web-acl.ts");
    const { createObservability } = await import("./stacks/observability/observability.ts");

    const stage = stageOf($app.stage);
    const logs = createLogSettings(stage);
    const identity = createIdentity(stage, logs);
    const messaging = createMessaging(stage, logs);
    const secret = createTopicSecret(stage, messaging);
    const externalLambda = createExternalLambda({ stage, logs, identity, messaging, secret });
    createInternalLambda({ stage, logs, messaging });
    const api = createApi({ stage, logs, identity, externalLambda });
    const firewall = createFirewall({ stage, logs, api, identity });
    createObservability({ stage, api, firewall, messaging });

    return { ...api.outputs, ...identity.outputs };
  },
});
