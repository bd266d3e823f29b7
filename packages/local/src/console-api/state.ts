/** Routes of what stands: resources, limitations, users, mails. */
import * as z from "zod";
import type { Deployments } from "../deployments/deployments.ts";
import { maskPersonal } from "../requests/masking.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { Cognito } from "../services/cognito/cognito.ts";
import { bare, defineRoute, type Route } from "./route.ts";

/** What the routes are about. */
export interface StateRoutesOptions {
  readonly deployments: Deployments;
  readonly cognito: Pick<Cognito, "context">;
  readonly mailbox: Pick<Mailbox, "list">;
}

const values = z.record(z.string(), z.unknown());

const query = z.strictObject({
  reveal: z.stringbool().default(false).describe("Whether secrets and addresses are shown."),
});

/** The routes. */
export function stateRoutes({ deployments, cognito, mailbox }: StateRoutesOptions): Route[] {
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
            id,
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
      path: "/users",
      operationId: "listUsers",
      summary: "Lists the user pools with their users.",
      query,
      result: z.strictObject({
        userPools: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            users: z.array(
              z.strictObject({
                username: z.string(),
                email: z.string().nullable(),
                status: z.string(),
                isEnabled: z.boolean(),
                createdAt: z.iso.datetime(),
              }),
            ),
          }),
        ),
      }),
      handle: ({ query: { reveal } }) => ({
        userPools: cognito.context.pools.list().map(({ id, settings, users }) => ({
          id,
          name: settings.name,
          users: [...users.values()].map(
            ({ username, attributes, status, enabled, createdAt }) => ({
              username: reveal ? username : maskPersonal(username),
              email: masked(attributes.get("email"), reveal),
              status,
              isEnabled: enabled,
              createdAt: new Date(createdAt).toISOString(),
            }),
          ),
        })),
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
            from: z.enum(["Cognito", "SNS"]),
            to: z.string(),
            subject: z.string(),
            text: z.string(),
          }),
        ),
      }),
      handle: ({ query: { reveal } }) => ({
        mails: mailbox.list().map(({ timestamp, from, to, subject, text, code }) => ({
          time: new Date(timestamp).toISOString(),
          from,
          subject,
          to: reveal ? to : maskPersonal(to),
          text: reveal
            ? text
            : maskPersonal(code === undefined ? text : text.replaceAll(code, "***")),
        })),
      }),
    }),
  ];
}

function masked(text: string | undefined, reveal: boolean): string | null {
  if (text === undefined) return null;
  return reveal ? text : maskPersonal(text);
}

/** `aws:sns/topic:Topic` is of `sns`. */
function topicOf(type: string): string {
  const [provider = "", module = ""] = type.split(":");
  return provider === "aws" ? (module.split("/")[0] ?? module) : provider;
}

const secretInput = /secret(?!id$|arn$)|password|token|privatekey|^value$/i;

/** Without the values of secrets; addresses of e-mail are masked. */
function hidden(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, hiddenValue(key, value)]),
  );
}

function hiddenValue(key: string, value: unknown): unknown {
  if (typeof value === "string") return secretInput.test(key) ? "***" : maskPersonal(value);
  if (Array.isArray(value)) return value.map((one: unknown) => hiddenValue(key, one));
  if (typeof value !== "object" || value === null) return value;
  return hidden(Object.fromEntries(Object.entries(value)));
}
