/** The parts of the local cloud that resources are applied to. */
import type { Cognito } from "./services/cognito/cognito.ts";
import type { Messaging } from "./services/messaging/messaging.ts";
import type { SecretsManager } from "./services/secrets-manager/secrets-manager.ts";
import type { Delivery } from "./services/messaging/delivery/delivery.ts";
import type { RestApis } from "./services/api-gateway/store/rest-apis.ts";
import type { Roles } from "./services/iam/roles.ts";
import type { LambdaService } from "./services/lambda/service.ts";
import type { LogGroups } from "./services/cloudwatch-logs/log-groups.ts";
import type { Waf } from "./services/waf/index.ts";

/** What the types of resources work on; the maker of the parts connects them. */
export interface Services {
  readonly region: string;
  readonly account: string;
  readonly apis: RestApis;
  /** Uploaded objects: `BUCKET/KEY` to the file on this machine. */
  readonly assets: Map<string, string>;
  readonly cognito: Cognito;
  readonly delivery: Delivery;
  readonly lambda: LambdaService;
  readonly logs: LogGroups;
  readonly messaging: Messaging;
  readonly roles: Roles;
  readonly secrets: SecretsManager;
  readonly waf: Waf;
}
