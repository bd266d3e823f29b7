/** The e-mails that AWS would send, kept in memory. */
import { createBoundedList } from "../memory/bounded-list.ts";
import type { CodeDelivery } from "../services/cognito/model.ts";
import type { TopicMail } from "../services/sns/mail.ts";
import { codeMail } from "./code-mail.ts";

/** A mail. */
export interface Mail extends TopicMail {
  /** What a user pool names as its sender, or else the service. */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** The code or the temporary password in it. */
  readonly code?: string;
  /** The user's name, of a mail of Cognito. */
  readonly username?: string;
}

/** The mails of one local cloud. */
export interface Mailbox {
  receiveCode(timestamp: number, delivery: CodeDelivery): void;
  receive(timestamp: number, mail: TopicMail): void;
  /** The newest first. */
  list(): readonly Mail[];
}

/** Creates an empty mailbox; it keeps the newest mails. */
export function createMailbox(): Mailbox {
  const mails = createBoundedList<Mail>({ mostItems: 200, mostBytes: 4 * 1024 * 1024 });
  const add = (mail: Mail) =>
    mails.add(mail, 2 * (mail.text.length + mail.subject.length + mail.to.length) + 200);
  return {
    receiveCode(timestamp, delivery) {
      add({ timestamp, ...codeMail(delivery) });
    },
    receive(timestamp, mail) {
      add({ from: "SNS", timestamp, ...mail });
    },
    list: () => mails.list().toReversed(),
  };
}
