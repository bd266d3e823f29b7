/** Renders announcements for a terminal, one line each, and as JSON. */
import type { Announcement } from "../announcements/announcements.ts";
import type { CodeDelivery } from "../services/cognito/model.ts";
import { escapeForTerminal, escapeInJson } from "../text/escape.ts";
import { lineHead, shortName, type RenderOptions } from "./line-head.ts";

const mailTitles: Readonly<Record<CodeDelivery["kind"], string>> = {
  SignUp: "confirmation code",
  ResendCode: "confirmation code",
  ForgotPassword: "password reset code",
  UpdateUserAttribute: "verification code",
  VerifyUserAttribute: "verification code",
  AdminCreateUser: "temporary password",
};

/**
 * Renders an announcement, without a newline at its end. No e-mail address, password or name in it can move
 * the terminal. `deadLetterHelp` says what an operator of the app does about a dead letter.
 */
export function renderAnnouncement(
  announcement: Announcement,
  options: RenderOptions & { readonly deadLetterHelp?: string | undefined },
): string {
  const { style, prefix, deadLetterHelp } = options;
  if (announcement.kind === "mail") {
    const { kind, destination, code } = announcement.mail;
    const text = `${mailTitles[kind]} for ${destination}: ${code}`;
    return `${lineHead(announcement.timestamp, "Cognito", options)} ${escapeForTerminal(text)}`;
  }
  if (announcement.kind === "topicMail") {
    const { to, subject } = announcement.mail;
    const text = `mail for ${to}: ${subject}`;
    return `${lineHead(announcement.timestamp, "SNS", options)} ${escapeForTerminal(text)}`;
  }
  const { queueArn, sourceArn, reason } = announcement.letter;
  const text = `dead letter of ${shortName(nameIn(sourceArn), prefix)}: ${reason}.`;
  const help = deadLetterHelp === undefined ? "" : ` ${deadLetterHelp}`;
  const head = lineHead(announcement.timestamp, shortName(nameIn(queueArn), prefix), options);
  return `${head} ${style("yellow", escapeForTerminal(text))}${help}`;
}

/** An announcement as one line of JSON; `announcement` tells it from a line of a log. */
export function announcementAsJson({ timestamp, ...announcement }: Announcement): string {
  const time = new Date(timestamp).toISOString();
  const told = announcement.kind === "deadLetter" ? announcement.letter : announcement.mail;
  return escapeInJson(JSON.stringify({ announcement: announcement.kind, time, ...told }));
}

const nameIn = (arn: string) => arn.split(":").at(-1) ?? arn;
