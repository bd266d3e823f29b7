/** Delivery from topics to functions. */
export {
  createDelivery,
  type Delivery,
  type DeliveryOptions,
  type FunctionSubscription,
  type SubscriptionPolicies,
} from "./delivery.ts";
export { createDestinations, isDestination } from "./destinations.ts";
export type { MessagingPort, QueuedMessage } from "./messaging-port.ts";
