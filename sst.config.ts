/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const production = input.stage === "prod";
    return {
      name: "secure-lambda",
      home: "aws",
      protect: production,
      removal: production ? "retain" : "remove",
      providers: { aws: { version: "7.20.0", region: "us-east-1" } },
    };
  },
  async run() {
    const { settingsFor } = await import("./stacks/settings.ts");
    const { createIdentity } = await import("./stacks/identity.ts");
    const { createMessaging } = await import("./stacks/messaging.ts");
    const { createTopicSecret } = await import("./stacks/secrets.ts");
    const { createExternalLambda } = await import("./stacks/external-lambda.ts");
    const { createApi } = await import("./stacks/api.ts");
    const { createFirewall } = await import("./stacks/firewall.ts");

    const settings = settingsFor($app.stage);
    const identity = createIdentity(settings);
    const messaging = createMessaging();
    const secret = createTopicSecret(messaging);
    const externalLambda = createExternalLambda({ identity, messaging, secret });
    const api = createApi({ settings, identity, externalLambda });
    createFirewall({ settings, api });

    return { apiUrl: api.url, ...identity.outputs };
  },
});
