/** Controls of logs and alarms. */
import type { Control } from "./control.ts";

/** By number. */
export const logAndAlarmControls: readonly Control[] = [
  {
    number: 90,
    area: "Logs, alarms",
    control: "Log groups have a retention",
    ids: "cdk-nag CloudWatchLogGroupRetentionPeriod (all packs); CKV_AWS_66; serverless-rules",
    decision: "met",
    held: { "log-groups-have-a-retention": ["a retention"] },
  },
  {
    number: 91,
    area: "Logs, alarms",
    control: "Kept for a year",
    ids: "SecHub CloudWatch.16; CKV_AWS_338; CT.CLOUDWATCH.PR.2; prowler _retention_policy_specific_days_enabled",
    decision: "met",
    held: { "logs-are-kept-for-a-year": ["a year of logs"] },
  },
  {
    number: 92,
    area: "Logs, alarms",
    control: "Log groups encrypted with a customer key",
    ids: "NIST/HIPAA/PCI CloudWatchLogGroupEncrypted; CKV_AWS_158; trivy AWS-0017; prowler cloudwatch_log_group_kms_encryption_enabled; CT.CLOUDWATCH.PR.3",
    decision: "met",
    held: {
      "encrypted-with-customer-keys": ["a log group's own key"],
      "services-act-for-named-resources": [
        "the log groups for which CloudWatch Logs uses a key",
        "the exact name of such a log group",
      ],
      "principals-are-of-this-account": ["this account's log groups as those that a key encrypts"],
    },
  },
  {
    number: 93,
    area: "Logs, alarms",
    control: "Alarms notify an address",
    ids: "SecHub CloudWatch.15; NIST/HIPAA CloudWatchAlarmAction; prowler _alarm_state_configured; CT.CLOUDWATCH.PR.1; Lens OPS",
    decision: "met",
    note: 'A stage confirms that it has no address by alarmEmail: "none".',
    held: {
      "alarms-notify": ["the actions of alarms", "the address of alarms, for another"],
      "dead-letters-alarm": ["the alarm on dead letters"],
    },
  },
  {
    number: 94,
    area: "Logs, alarms",
    control: "Alarm actions are enabled",
    ids: "SecHub CloudWatch.17; CKV_AWS_319; CT.CLOUDWATCH.PR.4",
    decision: "met",
    held: { "alarms-notify": ["the actions of alarms, disabled"] },
  },
  {
    number: 95,
    area: "Logs, alarms",
    control: "Log groups are not public",
    ids: "prowler cloudwatch_log_group_not_publicly_accessible",
    decision: "met",
    held: {
      "principals-are-of-this-account": ["this account as the source of the firewall's log"],
    },
  },
  {
    number: 96,
    area: "Logs, alarms",
    control: "No secrets in logs",
    ids: "prowler cloudwatch_log_group_no_secrets_in_logs; ASVS 16.2.5",
    decision: "met",
    note: "Of the functions' logs: tests/e2e/matrix.test.ts.",
    held: {
      "stages-log-access": [
        "the access log's silence about $context.identity.apiKey",
        "the access log's silence about $context.error.message",
      ],
      "firewall-protects-data": ["data protection"],
    },
  },
  {
    number: 97,
    area: "Logs, alarms",
    control: "Logs leave for a separate, tamper-proof system",
    ids: "ASVS 16.4.2, 16.4.3",
    decision: "excepted",
    reason:
      "An archive that the account cannot change is the baseline of an organization, beside every stack: a subscription filter to a logging account, which a protected stage has to admit.",
    held: { "types-are-known": ["the refusal of a subscription to a log group"] },
  },
  {
    number: 98,
    area: "Logs, alarms",
    control: "Account alarms on root use, IAM, network and trail changes",
    ids: "SecHub CloudWatch.1-.14; AWS-0147-0160, 0174; prowler cloudwatch_log_metric_filter_*",
    decision: "account",
    reason: "The owner of the account has the alarms of the CIS benchmark on its trail.",
  },
];
