/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    return {
      name: "secure-lambda",
      home: "aws",
      removal: input.stage === "prod" ? "retain" : "remove",
      protect: input.stage === "prod",
      providers: { aws: { version: "7.20.0", region: "us-east-1" } },
    };
  },
  async run() {
    return {};
  },
});
