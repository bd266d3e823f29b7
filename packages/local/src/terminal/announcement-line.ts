/** Renders announcements for a terminal, one line each, and as JSON. */
import type { Announcement } from "../announcements/announcements.ts";
import type { FaultChange } from "../faults/faults.ts";
import type { CodeDelivery } from "../services/cognito/model.ts";
import { escapeForTerminal, escapeInJson } from "../text/escape.ts";
import { lineHead, shortName, type RenderOptions, type Style } from "./line-head.ts";

const mailTitles: Readonly<Record<CodeDelivery["kind"], string>> = {
  SignUp: "confirmation code",
  ResendCode: "confirmation code",
  ForgotPassword: "password reset code",
  UpdateUserAttribute: "verification code",
  VerifyUserAttribute: "verification code",
  AdminCreateUser: "temporary password",
};

type AnnouncementOptions = RenderOptions & { readonly deadLetterHelp?: string | undefined };

/**
 * Renders an announcement, without a newline at its end. No e-mail address, password or name in it can move
 * the terminal. `deadLetterHelp` says what an operator of the app does about a dead letter.
 */
export function renderAnnouncement(
  announcement: Announcement,
  options: AnnouncementOptions,
): string {
  const { teller, text, color, help } = partsOf(announcement, options);
  const escaped = escapeForTerminal(text);
  const shown = color === undefined ? escaped : options.style(color, escaped);
  const head = lineHead(announcement.timestamp, teller, options);
  return `${head} ${shown}${help === undefined ? "" : ` ${help}`}`;
}

/** The parts of a line; `teller` is who tells it. */
interface Parts {
  readonly teller: string;
  readonly text: string;
  readonly color?: Style;
  readonly help?: string | undefined;
}

function partsOf(announcement: Announcement, options: AnnouncementOptions): Parts {
  const named = (arn: string) => shortName(arn.split(":").at(-1) ?? arn, options.prefix);
  if (announcement.kind === "mail") {
    const { kind, destination, code } = announcement.mail;
    return { teller: "Cognito", text: `${mailTitles[kind]} for ${destination}: ${code}` };
  }
  if (announcement.kind === "topicMail") {
    const { to, subject } = announcement.mail;
    return { teller: "SNS", text: `mail for ${to}: ${subject}` };
  }
  if (announcement.kind === "alarm") {
    const { alarmArn, to, reason } = announcement.change;
    const text = `alarm ${named(alarmArn)}: ${to}. ${reason}`;
    return { teller: "CloudWatch", text, ...(to === "ALARM" && { color: "red" }) };
  }
  if (announcement.kind === "refusedAction") {
    const { alarmArn, topicArn, error } = announcement.action;
    const text = `alarm ${named(alarmArn)} could not notify ${named(topicArn)}: ${error}`;
    return { teller: "CloudWatch", text, color: "yellow" };
  }
  if (announcement.kind === "fault") {
    return { teller: "faults", text: faultText(announcement.change), color: "yellow" };
  }
  const { queueArn, sourceArn, reason } = announcement.letter;
  const text = `dead letter of ${named(sourceArn)}: ${reason}.`;
  return { teller: named(queueArn), text, color: "yellow", help: options.deadLetterHelp };
}

function faultText({ change, fault: { call, effect, remaining } }: FaultChange): string {
  const what = `${call}: ${effect.kind}`;
  if (change === "ended") return `fault ended: ${what}`;
  return `fault ${change === "begun" ? "for calls of" : "met by"} ${what}, ${remaining} to come`;
}

/** An announcement as one line of JSON; `announcement` tells it from a line of a log. */
export function announcementAsJson({ timestamp, kind, ...rest }: Announcement): string {
  const told: object = Object.assign({}, ...Object.values(rest));
  const time = new Date(timestamp).toISOString();
  return escapeInJson(JSON.stringify({ announcement: kind, time, ...told }));
}
