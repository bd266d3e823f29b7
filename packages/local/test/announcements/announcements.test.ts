/** Announcements made during a deployment are shown once the terminal listens. */
import { expect, it } from "vitest";
import {
  createAnnouncements,
  type Announcement,
  type Announcements,
} from "../../src/announcements/announcements.ts";

const mail = (timestamp: number): Announcement => ({
  timestamp,
  kind: "topicMail",
  mail: { to: "ops@example.com", subject: "Confirm", text: "" },
});

function listen(announcements: Announcements): number[] {
  const heard: number[] = [];
  announcements.subscribe(({ timestamp }) => heard.push(timestamp));
  return heard;
}

it("the first listener hears what came before it, the next only what comes after", () => {
  const announcements = createAnnouncements();
  announcements.make(mail(1));
  const first = listen(announcements);
  const next = listen(announcements);
  announcements.make(mail(2));
  expect([first, next]).toEqual([[1, 2], [2]]);
});

it("at most a hundred wait", () => {
  const announcements = createAnnouncements();
  for (let made = 0; made < 200; made += 1) announcements.make(mail(made));
  expect(listen(announcements)).toHaveLength(100);
});
