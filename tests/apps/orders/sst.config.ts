/** A small app that takes orders: SST's own components with SST's own defaults, as its guides show them. */
export default $config({
  app() {
    return { name: "orders", home: "aws", providers: { aws: { version: "7.48.0" } } };
  },
  async run() {
    const prices = new sst.Linkable("Prices", { properties: { currency: "EUR" } });
    const signature = new sst.Secret("Signature", "signed in test");
    const customers = new sst.aws.CognitoUserPool("Customers", { usernames: ["email"] });
    const shop = customers.addClient("Shop", {
      transform: { client: { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] } },
    });

    const archive = new sst.aws.Queue("Archive");
    const events = new sst.aws.SnsTopic("Events");
    events.subscribe("Billing", "src/billing.handler", { filter: { kind: ["placed"] } });
    events.subscribeQueue("Archive", archive, { filter: { kind: ["cancelled"] } });

    const api = new sst.aws.ApiGatewayV1("Api");
    const authorizer = api.addAuthorizer({ name: "Customers", userPools: [customers.arn] });
    const auth = { cognito: { authorizer: authorizer.id } };
    const link = [prices, signature, events];
    api.route("GET /orders/{id}", { handler: "src/orders.show", link });
    api.route("POST /orders", { handler: "src/orders.change", link }, { auth });
    api.route("ANY /partners/{proxy+}", "src/partners.handler", { apiKey: true });
    api.deploy();
    const plan = api.addUsagePlan("Partners", { throttle: { rate: 10, burst: 5 } });
    const key = plan.addApiKey("Partner");

    return {
      api: api.url,
      archive: archive.url,
      client: shop.id,
      pool: customers.id,
      partnerKey: key.value,
    };
  },
});
