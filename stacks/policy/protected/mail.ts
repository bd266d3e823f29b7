/** The rule about links in the mails of protected stages: they lead to the web application that the stage names. */
import * as z from "zod";
import { ruleFor } from "../graph.ts";

const NAME = "mails-lead-to-this-app";

const address = /\bhttps?:\/\/[^\s"'<>]+/gi;

/** A user believes what this account sends: another host would be told passwords. */
export const protectedMailRules = (callbackUrls: readonly string[]) =>
  ["aws:cognito/userPool:UserPool", "aws:cognito/riskConfiguration:RiskConfiguration"].map((type) =>
    ruleFor(NAME, type, z.unknown(), (inputs) => {
      const named = callbackUrls.map(originOf);
      return (JSON.stringify(inputs).replaceAll("\\", " ").match(address) ?? [])
        .filter((url) => !named.includes(originOf(url)))
        .map((url) => `must send no mail that leads to ${url}: callbackUrls names no page there`);
    }),
  );

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);
