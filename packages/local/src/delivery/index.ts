/** Delivery from topics to functions. */
export {
  createDelivery,
  type Delivery,
  type DeliveryOptions,
  type FunctionSubscription,
} from "./delivery.ts";
export type { MessagingPort, QueuedMessage } from "./messaging-port.ts";
