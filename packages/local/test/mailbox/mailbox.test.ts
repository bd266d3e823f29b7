/** The mailbox: what is kept, shown and linked. Source: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_cognito.UserInvitationConfig.html */
import { beforeEach, describe, expect, it } from "vitest";
import { invalidParameter } from "../../src/services/sns/errors.ts";
import { createMailbox, type Mailbox } from "../../src/mailbox/mailbox.ts";
import { createMailPages } from "../../src/mailbox/pages.ts";

const url = "http://127.0.0.1:4566/_local/mail";
const topicArn = "arn:aws:sns:us-east-1:000000000000:alarms";
const alarm = { to: "team@example.com", subject: "ALARM", text: "It burns." };
const code = { userPoolId: "us-east-1_a", destination: "ada@example.com", code: "123456" };

let mailbox: Mailbox;
let confirmed: string[];
let pages: ReturnType<typeof createMailPages>;
beforeEach(() => {
  mailbox = createMailbox();
  confirmed = [];
  const confirm = (topic: string, token: string) => {
    if (token !== "right") throw invalidParameter("Token");
    confirmed.push(topic);
  };
  pages = createMailPages({ mailbox, url: () => url, confirm });
});

const mails = async () => (await pages.request("/mails.json")).json();

describe("a mail", () => {
  it("of Cognito has the code, in the text and by itself", async () => {
    mailbox.receiveCode(0, { ...code, kind: "SignUp" });
    mailbox.receiveCode(1000, { ...code, kind: "ForgotPassword" });
    expect(await mails()).toEqual([
      {
        time: "1970-01-01T00:00:01.000Z",
        from: "Cognito",
        to: "ada@example.com",
        subject: "Your verification code",
        text: "Your password reset code is 123456",
        code: "123456",
      },
      expect.objectContaining({ text: "Your confirmation code is 123456" }),
    ]);
  });

  it("that invites names the user", async () => {
    mailbox.receiveCode(0, {
      ...code,
      kind: "AdminCreateUser",
      username: "ada",
      code: "Secret-1!",
    });
    expect(await mails()).toMatchObject([
      {
        subject: "Your temporary password",
        text: "Your username is ada and temporary password is Secret-1!.",
      },
    ]);
  });

  it("of SNS is shown with the link that confirms a subscription", async () => {
    mailbox.receive(0, { ...alarm, confirmation: { topicArn, token: "right" } });
    const link = `${url}/confirm?topicArn=${encodeURIComponent(topicArn)}&token=right`;
    expect(await mails()).toMatchObject([{ from: "SNS", subject: "ALARM", link }]);
    const page = await (await pages.request("/")).text();
    expect(page).toContain(`href="${link.replaceAll("&", "&amp;")}"`);
    const followed = await pages.request(link.slice(url.length));
    expect([followed.status, confirmed]).toEqual([200, [topicArn]]);
    const wrong = await pages.request(`/confirm?topicArn=${topicArn}&token=wrong`);
    expect(wrong.status).toBe(400);
  });
});

describe("the page", () => {
  it("escapes what it shows, in HTML and for a terminal", async () => {
    mailbox.receive(0, { ...alarm, subject: "<script>alert(1)</script>", text: "\u001B[2J\u202E" });
    const response = await pages.request("/");
    const html = await response.text();
    expect(html).not.toContain("<script");
    const json = await (await pages.request("/mails.json")).text();
    for (const character of ["\u001B", "\u202E"]) expect(html + json).not.toContain(character);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });

  it("has the newest mails", async () => {
    for (let count = 0; count < 300; count += 1) mailbox.receive(count, alarm);
    mailbox.receive(1000, { ...alarm, subject: "last" });
    const all = mailbox.list();
    expect([all.length, all[0]?.subject]).toEqual([200, "last"]);
    for (let count = 0; count < 20; count += 1) {
      mailbox.receive(count, { ...alarm, text: "x".repeat(250_000) });
    }
    expect(mailbox.list().length).toBeLessThan(10);
  });
});
