/** What `npm run deploy` asks SES of a stage whose user pools send by it. */
import { userPools } from "@secure-lambda/functions/contract";
import { describe, expect, it } from "vitest";
import { failure, type Answer } from "../support/account-stub.ts";
import { askStub } from "../support/ask-account.ts";
import { resource } from "../support/graph-resource.ts";

/** The pools of a stage that sends by an identity. */
const sendingBy = (identity: string, region = "eu-west-1") =>
  userPools.map((number) =>
    resource("aws:cognito/userPool:UserPool", `Pool${number}`, {
      emailConfiguration: {
        emailSendingAccount: "DEVELOPER",
        sourceArn: `arn:aws:ses:${region}:000000000000:identity/${identity}`,
        fromEmailAddress: "no-reply@example.com",
      },
    }),
  );

const identity = (state: object): Answer => [200, { VerifiedForSendingStatus: true, ...state }];
const sending = (state: object): Answer => [
  200,
  {
    SendingEnabled: true,
    ProductionAccessEnabled: true,
    EnforcementStatus: "HEALTHY",
    ...state,
  },
];
/** An identity whose policy lets a service send. */
const letting = (service: string) =>
  identity({ Policies: { pools: JSON.stringify({ Principal: { Service: [service] } }) } });

const ready = { "ses:GetEmailIdentity": identity({}), "ses:GetAccount": sending({}) };
const absent = failure(404, "NotFoundException");

const atDomain = "--email-identity example.com --region eu-west-1";
const atAddress = "--email-identity ada@example.com --region eu-west-1";

it("asks SES nothing of a stage whose mail Cognito sends", async () => {
  const pool = resource("aws:cognito/userPool:UserPool", "Pool", {});
  const { refusals, remarks, calls } = await askStub({ graph: [pool] });
  expect({ refusals, remarks }).toEqual({ refusals: [], remarks: [] });
  expect(calls.filter((call) => call.startsWith("ses:"))).toEqual([]);
});

it("has nothing to say of an identity that is verified, and asks once in its Region", async () => {
  const asked: string[] = [];
  const answers = {
    "ses:GetEmailIdentity": (name: string): Answer => {
      asked.push(name);
      return identity({});
    },
    "ses:GetAccount": (region: string): Answer => {
      asked.push(region);
      return sending({});
    },
  };
  const { refusals, remarks } = await askStub({ graph: sendingBy("a+b@example.com"), answers });
  expect({ refusals, remarks }).toEqual({ refusals: [], remarks: [] });
  expect(asked.toSorted()).toEqual(["eu-west-1", "eu-west-1/a+b@example.com"]);
});

describe("refuses an identity that cannot send, and says what to do:", () => {
  it.each<[string, string, Answer, string[]]>([
    [
      "a domain that SES does not have",
      "example.com",
      absent,
      [
        "SES has no identity example.com in eu-west-1.",
        `Create it: aws sesv2 create-email-identity ${atDomain}.`,
        "Publish the DNS records of its tokens",
      ],
    ],
    [
      "an address that SES does not have",
      "ada@example.com",
      absent,
      [
        "mailFrom.domain",
        `create-email-identity ${atAddress}.`,
        "Follow the link that SES mails to it",
      ],
    ],
    [
      "a domain whose records SES has not found",
      "example.com",
      identity({ VerifiedForSendingStatus: false, VerificationStatus: "PENDING" }),
      [
        "SES has not verified example.com in eu-west-1 (PENDING).",
        "Publish the DNS records",
        `Deploy once VerifiedForSendingStatus is true: aws sesv2 get-email-identity ${atDomain}.`,
      ],
    ],
    [
      "one that was not verified in time",
      "ada@example.com",
      identity({ VerifiedForSendingStatus: false, VerificationStatus: "FAILED" }),
      [
        `Delete it, and create it again: aws sesv2 delete-email-identity ${atAddress}, aws sesv2 create-email-identity ${atAddress}.`,
      ],
    ],
  ])("%s", async (_, name, answer, sentences) => {
    const answers = { ...ready, "ses:GetEmailIdentity": answer };
    const { refusals } = await askStub({ graph: sendingBy(name), answers });
    expect(refusals).toHaveLength(1);
    for (const sentence of sentences) expect(refusals[0]).toContain(sentence);
  });
});

describe("in a Region without SES", () => {
  const elsewhere = {
    region: "me-central-1",
    graph: sendingBy("example.com", "eu-central-1"),
  };
  it("refuses an identity that does not let the Region's Cognito send", async () => {
    for (const answer of [identity({}), letting("cognito-idp.eu-south-2.amazonaws.com")]) {
      const answers = { ...ready, "ses:GetEmailIdentity": answer };
      const { refusals } = await askStub({ ...elsewhere, answers });
      expect(refusals).toEqual([
        expect.stringMatching(
          /no policy of example\.com in eu-central-1 lets cognito-idp\.me-central-1\.amazonaws\.com send.*create-email-identity-policy --email-identity example\.com --region eu-central-1 /,
        ),
      ]);
    }
  });

  it("takes one that does", async () => {
    const answer = letting("cognito-idp.me-central-1.amazonaws.com");
    const answers = { ...ready, "ses:GetEmailIdentity": answer };
    const { refusals } = await askStub({ ...elsewhere, answers });
    expect(refusals).toEqual([]);
  });
});

describe("of the account", () => {
  const graph = sendingBy("example.com");

  it("refuses a protected stage in the sandbox, where users get no code", async () => {
    const answers = { ...ready, "ses:GetAccount": sending({ ProductionAccessEnabled: false }) };
    const { refusals, remarks } = await askStub({ graph, answers });
    expect(remarks).toEqual([]);
    expect(refusals).toEqual([
      expect.stringMatching(
        /^SES is in its sandbox in eu-west-1: .*aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url URL --region eu-west-1\.$/,
      ),
    ]);
  });

  it("says so of a developer stage, whose developers can verify their addresses", async () => {
    const answers = { ...ready, "ses:GetAccount": sending({ ProductionAccessEnabled: false }) };
    const { refusals, remarks } = await askStub({ stage: "ada", graph, answers });
    expect(refusals).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining("SES is in its sandbox in eu-west-1")]);
  });

  it.each([
    [
      "the account has paused",
      { SendingEnabled: false },
      "aws sesv2 put-account-sending-attributes --sending-enabled --region eu-west-1.",
    ],
    [
      "AWS has paused",
      { SendingEnabled: false, EnforcementStatus: "SHUTDOWN" },
      "AWS has paused what SES sends in eu-west-1",
    ],
  ])("refuses any stage while sending is paused: %s it", async (_, state, sentence) => {
    const answers = { ...ready, "ses:GetAccount": sending(state) };
    const { refusals } = await askStub({ stage: "ada", graph, answers });
    expect(refusals).toEqual([expect.stringContaining(sentence)]);
  });
});

it.each([
  ["ses:GetEmailIdentity", "whether SES has verified the sender of mails"],
  ["ses:GetAccount", "whether SES sends mails to every user"],
])("goes on where the operator may not call %s, and says what is not known", async (call, what) => {
  const answers = { ...ready, [call]: failure(403, "AccessDeniedException", "No") };
  const { refusals, remarks } = await askStub({ graph: sendingBy("example.com"), answers });
  expect({ refusals, remarks }).toEqual({
    refusals: [],
    remarks: [`Not known: ${what}. Your credentials do not allow this.`],
  });
});
