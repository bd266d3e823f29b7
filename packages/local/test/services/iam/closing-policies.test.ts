/** Policies as apps write them to close a topic, a queue and a secret. */
import { describe, expect, it } from "vitest";
import {
  root,
  topic,
  queue,
  secret,
  roleOfName,
  publisher,
  statement,
  identity,
  setUpPolicies,
} from "./policies-in-force.ts";

const { call, publish, putRole, redrive, sendRecord, setPolicy } = setUpPolicies();

const denyPlainHttp = (Action: unknown, Resource: string, secure = "false") => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Resource,
  Condition: { Bool: { "aws:SecureTransport": secure } },
});
const allowRole = (role: string, Action: string, Resource: string) => ({
  Effect: "Allow",
  Principal: { AWS: root },
  Action,
  Resource,
  Condition: { ArnEquals: { "aws:PrincipalArn": role } },
});

describe("policies that close a resource", () => {
  it("let only one role publish to the topic", () => {
    for (const name of ["Publisher", "Other"]) putRole(name, identity);
    const exceptPublisher = { Condition: { ArnNotEquals: { "aws:PrincipalArn": publisher } } };
    setPolicy(
      topic,
      denyPlainHttp(["sns:Publish", "sns:Subscribe"], topic),
      allowRole(publisher, "sns:Publish", topic),
      statement("Deny", "*", exceptPublisher),
    );
    expect(() => publish()).not.toThrow();
    for (const caller of ["Other", "operator"]) {
      expect(() => publish(caller)).toThrow("explicit deny in a resource-based policy");
      expect(() => call(caller, "sns:PublishBatch", topic)).toThrow("explicit deny");
    }
    expect(() => call("operator", "sns:Subscribe", topic)).not.toThrow();
  });

  it("let only one role and one topic send to the queue", () => {
    const sending = { Effect: "Allow", Action: "sqs:SendMessage", Resource: queue };
    for (const name of ["Failing", "Other"]) putRole(name, sending);
    const failing = roleOfName("Failing");
    setPolicy(
      queue,
      denyPlainHttp("sqs:*", queue),
      {
        ...sending,
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": topic } },
      },
      allowRole(failing, "sqs:SendMessage", queue),
      {
        ...sending,
        Effect: "Deny",
        Principal: "*",
        Condition: { ArnNotEquals: { "aws:PrincipalArn": failing, "aws:SourceArn": topic } },
      },
    );
    expect(() => sendRecord("Failing")).not.toThrow();
    expect(() => redrive()).not.toThrow();
    expect(() => sendRecord("Other")).toThrow("explicit deny");
    expect(() => redrive(`${topic}2`)).toThrow("explicit deny");
    expect(() => call("operator", "sqs:SendMessageBatch", queue)).toThrow(
      expect.objectContaining({ code: "AccessDenied", status: 403 }),
    );
    expect(() => call("operator", "sqs:ReceiveMessage", queue)).not.toThrow();
  });

  it("leave a secret to the role that they name by its condition, if its own policy lets it", () => {
    const read = "secretsmanager:GetSecretValue";
    setPolicy(
      secret,
      denyPlainHttp("secretsmanager:*", secret),
      allowRole(publisher, read, secret),
    );
    expect(() => call("Publisher", read, secret)).toThrow("no identity-based policy");
    putRole("Publisher", { Effect: "Allow", Action: read, Resource: secret });
    expect(() => call("Publisher", read, secret)).not.toThrow();
    expect(() => call("Other", read, secret)).toThrow("not authorized");
    expect(() => call("operator", read, secret)).not.toThrow();
  });

  it("take every call for one over TLS", () => {
    setPolicy(secret, denyPlainHttp("secretsmanager:*", secret, "true"));
    expect(() => call("operator", "secretsmanager:GetSecretValue", secret)).toThrow(
      "explicit deny",
    );
  });
});
