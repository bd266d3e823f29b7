/** Delivery from topics to functions. */
export { createDelivery, type Delivery } from "./delivery.ts";
export { createDestinations, isDestination } from "../../lambda/destinations.ts";
export type { MessagingPort } from "./messaging-port.ts";
