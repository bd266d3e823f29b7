/** What is watched: alarms, whom they tell, and the dashboard. */
import { createAlarmTopic } from "./alarm-topic.ts";
import { createAlarms } from "./alarms.ts";
import type { Api } from "../api/rest-api.ts";
import { createDashboard } from "./dashboard.ts";
import type { Measured } from "./metrics.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { StageSettings } from "../settings/settings.ts";

interface ObservabilityArgs {
  settings: StageSettings;
  api: Api;
  firewall: Measured["firewall"];
  messaging: Messaging;
}

/** Creates alarms and dashboard of a stage. */
export function createObservability({ settings, api, firewall, messaging }: ObservabilityArgs) {
  const measured: Measured = {
    api,
    firewall,
    topicName: messaging.topic.name,
    deadLettersName: messaging.deadLetters.name,
  };
  createAlarms(measured, createAlarmTopic(settings));
  createDashboard(measured, api.accessLog);
}
