/** Announcements on a terminal. */
import { expect, test } from "vitest";
import type { Announcement } from "../../src/announcements/announcements.ts";
import { renderAnnouncement } from "../../src/terminal/announcement-line.ts";
import { at, options, PREFIX } from "./rendered-line.ts";

const render = (announcement: Announcement) =>
  renderAnnouncement(announcement, { ...options, deadLetterHelp: "To list it: redrive" });

test.for([
  ["SignUp", "confirmation code"],
  ["ResendCode", "confirmation code"],
  ["ForgotPassword", "password reset code"],
  ["AdminCreateUser", "temporary password"],
] as const)("the mail of %s is a line with the address and the code", ([kind, title]) => {
  const mail = { kind, userPoolId: "any", destination: "ada@example.com", code: "041983" };
  expect(render({ timestamp: at, kind: "mail", mail })).toBe(
    `09:05:07.043 Cognito          ${title} for ada@example.com: 041983`,
  );
});

test("the mail of a topic is a line with the address and the subject", () => {
  const mail = { to: "team@example.com", subject: "ALARM\u001b[31m", text: "It burns." };
  expect(render({ timestamp: at, kind: "topicMail", mail })).toBe(
    "09:05:07.043 SNS              mail for team@example.com: ALARM\\x1b[31m",
  );
});

test("no address and no password moves the terminal", () => {
  const text = "\u001b[31m\n\u009b2J\u202e";
  const mail = {
    kind: "AdminCreateUser",
    userPoolId: "any",
    destination: text,
    code: text,
  } as const;
  const shown = "\\x1b[31m\\n\\x9b2J\\u202e";
  expect(render({ timestamp: at, kind: "mail", mail })).toBe(
    `09:05:07.043 Cognito          temporary password for ${shown}: ${shown}`,
  );
});

test.for([
  [
    "lambda:us-east-1:000000000000:function:secure-lambda-local-InternalLambda",
    "failed 3 times (InvalidEventError)",
    "dead letter of InternalLambda: failed 3 times (InvalidEventError).",
  ],
  [
    "sns:us-east-1:000000000000:secure-lambda-local-GreetingTopic",
    "not delivered: no permission",
    "dead letter of GreetingTopic: not delivered: no permission.",
  ],
  [
    "sqs:us-east-1:000000000000:orders",
    "received 5 times\n and not deleted",
    "dead letter of orders: received 5 times\\n and not deleted.",
  ],
] as const)("a dead letter from %s says why, and what to do", ([source, reason, expected]) => {
  const queueArn = `arn:aws:sqs:us-east-1:000000000000:${PREFIX}DeadLetters`;
  const letter = { queueArn, sourceArn: `arn:aws:${source}`, reason };
  expect(render({ timestamp: at, kind: "deadLetter", letter })).toBe(
    `09:05:07.043 DeadLetters      ${expected} To list it: redrive`,
  );
});

const alarmArn = `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${PREFIX}DeadLetters`;

test.for([
  ["ALARM", "it\u001b[31m burns", "alarm DeadLetters: ALARM. it\\x1b[31m burns"],
  ["OK", "it is out", "alarm DeadLetters: OK. it is out"],
] as const)("an alarm that comes into %s says why", ([to, reason, expected]) => {
  const change = { alarmArn, from: "INSUFFICIENT_DATA", to, reason } as const;
  expect(render({ timestamp: at, kind: "alarm", change })).toBe(
    `09:05:07.043 CloudWatch       ${expected}`,
  );
});

test("a notification that a topic refused names the alarm and the topic", () => {
  const topicArn = `arn:aws:sns:us-east-1:000000000000:${PREFIX}AlarmTopic`;
  const action = { alarmArn, topicArn, error: "not authorized" };
  expect(render({ timestamp: at, kind: "refusedAction", action })).toBe(
    "09:05:07.043 CloudWatch       alarm DeadLetters could not notify AlarmTopic: not authorized",
  );
});
