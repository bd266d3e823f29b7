/** What the services tell becomes an announcement, and mail is kept in the mailbox as well. */
import type { createAnnouncements } from "./announcements/announcements.ts";
import type { ServicesOptions } from "./local-services.ts";
import type { Mailbox } from "./mailbox/mailbox.ts";

/** The receivers of what AWS logs nothing of. */
export function announcing(
  { make }: Pick<ReturnType<typeof createAnnouncements>, "make">,
  mailbox: Mailbox,
) {
  return {
    deliverCode(mail) {
      const timestamp = Date.now();
      mailbox.receiveCode(timestamp, mail);
      make({ timestamp, kind: "mail", mail });
    },
    deliverMail(mail) {
      const timestamp = Date.now();
      mailbox.receive(timestamp, mail);
      make({ timestamp, kind: "topicMail", mail });
    },
    onDeadLetter: (letter) => make({ timestamp: Date.now(), kind: "deadLetter", letter }),
    onAlarm(change) {
      if (change.from !== "ALARM" && change.to !== "ALARM") return;
      make({ timestamp: Date.now(), kind: "alarm", change });
    },
    onRefusedAction: (action) => make({ timestamp: Date.now(), kind: "refusedAction", action }),
    onFault: (change) => make({ timestamp: Date.now(), kind: "fault", change }),
  } satisfies Partial<ServicesOptions>;
}
