/** Alarms, their notification, and the dashboard. */
import { createAlarmTopic } from "./alarm-topic.ts";
import { alarmNames, createAlarms } from "./alarms.ts";
import type { Api } from "../api/rest-api.ts";
import { createDashboard } from "./dashboard.ts";
import type { Measured } from "./metrics.ts";
import type { Messaging } from "../messaging/messaging.ts";
import type { Stage } from "../settings/stage.ts";

interface ObservabilityArgs {
  stage: Stage;
  api: Api;
  firewall: Measured["firewall"];
  messaging: Messaging;
}

/** Creates the alarms and the dashboard, as the stage's settings say. */
export function createObservability({ stage, api, firewall, messaging }: ObservabilityArgs) {
  const measured: Measured = {
    names: stage.names,
    api,
    firewall,
    topicName: messaging.topic.name,
    deadLettersName: messaging.deadLetters.name,
  };
  const { alarms, dashboard } = stage.settings.monitoring;
  if (alarms) createAlarms(measured, createAlarmTopic(stage, alarmNames(measured)));
  if (dashboard) createDashboard(measured, api.accessLog);
}
