/** A line of SNS's own log of deliveries to functions (services/sns/delivery/delivery-feedback.ts). */
import * as z from "zod";

const schema = z
  .object({
    notification: z.object({ messageId: z.string() }),
    delivery: z.object({ destination: z.string(), providerResponse: z.string() }),
    status: z.enum(["SUCCESS", "FAILURE"]),
  })
  .transform(({ notification, delivery, status }) => ({
    failed: status === "FAILURE",
    text: `A message was not delivered to ${delivery.destination}: ${delivery.providerResponse}`,
    messageId: notification.messageId,
  }));

/** What the line says. */
export type DeliveryLine = z.infer<typeof schema>;

/** Reads it; undefined for another line. */
export const readDeliveryLine = (json: unknown): DeliveryLine | undefined =>
  schema.safeParse(json).data;
