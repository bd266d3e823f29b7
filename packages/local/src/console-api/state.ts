/** Routes of what stands: resources, limitations, mails. */
import * as z from "zod";
import { localPaths } from "../local-paths.ts";
import type { Deployments } from "../deployments/deployments.ts";
import { mask, maskPersonal } from "../requests/masking.ts";
import type { Mail, Mailbox } from "../mailbox/mailbox.ts";
import { hidden } from "./hidden.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface StateRoutesOptions {
  readonly deployments: Deployments;
  readonly mailbox: Pick<Mailbox, "list">;
}

const values = z.record(z.string(), z.unknown());

const query = z.strictObject({
  reveal: z.stringbool().default(false).describe("Whether secrets and addresses are shown."),
});

/** The routes. */
export function stateRoutes({ deployments, mailbox }: StateRoutesOptions): Route[] {
  return [
    defineRoute({
      ...bare,
      method: "get",
      path: "/resources",
      operationId: "listResources",
      summary:
        "Lists the deployed resources with their inputs and outputs, in the order of registration.",
      query,
      result: z.strictObject({
        resources: z.array(
          z.strictObject({
            stage: z.string(),
            topic: z
              .string()
              .describe("The module of its type, such as `sns`; `sst` for components."),
            type: z.string(),
            name: z.string(),
            id: z.string(),
            urn: z.string(),
            parent: z.string().describe("Its parent's URN."),
            inputs: values,
            outputs: values,
          }),
        ),
      }),
      handle: ({ query: { reveal } }) => ({
        resources: deployments.stages().flatMap((stage) =>
          deployments.graph(stage).map(({ type, name, id, urn, parent, inputs, outputs }) => ({
            stage,
            type,
            name,
            // Of what is random, it is the value.
            id: reveal || topicOf(type) !== "random" ? id : mask,
            urn,
            parent,
            topic: topicOf(type),
            inputs: reveal ? inputs : hidden(inputs),
            outputs: reveal ? outputs : hidden(outputs),
          })),
        ),
      }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/limitations",
      operationId: "listLimitations",
      summary: "Lists where the deployed resources behave in another way than on AWS.",
      result: z.strictObject({
        limitations: z.array(
          z.strictObject({ stage: z.string(), service: z.string(), text: z.string() }),
        ),
      }),
      handle: () => ({
        limitations: deployments
          .stages()
          .flatMap((stage) => deployments.limitations(stage).map((one) => ({ stage, ...one }))),
      }),
    }),
    defineRoute({
      ...bare,
      method: "get",
      path: "/mails",
      operationId: "listMails",
      summary: "Lists what Cognito and SNS would mail, newest first.",
      query,
      result: z.strictObject({
        mails: z.array(
          z.strictObject({
            time: z.iso.datetime(),
            from: z.string().describe("The sender that a user pool names, or else the service."),
            to: z.string(),
            subject: z.string(),
            text: z.string(),
            link: z
              .string()
              .nullable()
              .describe("What the mail's link leads to: it confirms a subscription."),
          }),
        ),
      }),
      handle: ({ query: { reveal } }) => ({
        mails: mailbox.list().map((mail) => ({
          time: new Date(mail.timestamp).toISOString(),
          from: mail.from,
          to: reveal ? mail.to : mask,
          subject: reveal ? mail.subject : maskPersonal(mail.subject),
          text: reveal ? mail.text : maskedText(mail),
          link: reveal && mail.confirmation !== undefined ? linkOf(mail.confirmation) : null,
        })),
      }),
    }),
  ];
}

/** A topic's message can be a name by itself; what asks for a confirmation names the topic. */
function maskedText({ text, code, username, confirmation }: Mail): string {
  if (code === undefined && confirmation === undefined) return `${mask} (${text.length})`;
  const known = [code, username].filter((one) => one !== undefined);
  return maskPersonal(known.reduce((rest, one) => rest.replaceAll(one, mask), text));
}

/** It has the token that confirms, so it is shown with the other secrets only. */
const linkOf = (confirmation: NonNullable<Mail["confirmation"]>) =>
  `${localPaths.mail}/confirm?${String(new URLSearchParams({ ...confirmation }))}`;

/** `aws:sns/topic:Topic` is of `sns`. */
function topicOf(type: string): string {
  const [provider = "", module = ""] = type.split(":");
  return provider === "aws" ? (module.split("/")[0] ?? module) : provider;
}
