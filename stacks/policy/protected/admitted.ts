/** What protected stages may have although no rule knows it, each with the reason. */

/** By name. */
type Admitted = Readonly<Record<string, string>>;

/** Resource types that take no data and no access out of the app, such as `"aws:acme/thing:Thing": "holds only …"`. */
export const admittedTypes: Admitted = {};

/**
 * Inputs beside those of known-inputs.ts, by resource type, such as
 * `"aws:sns/topicSubscription:TopicSubscription": { filterPolicy: "orders only" }`. A variable of functions is
 * one of `"aws:lambda/function:Function"`, such as `"environment.variables.TABLE": "the table's name"`.
 */
export const admittedInputs: Readonly<Record<string, Admitted>> = {};

/** Services that are let in beside those of this app. */
export const admittedServices: Admitted = {};

/** Resources that policies name and this app does not create, such as `"sqs:orders": "of the team that …"`. */
export const admittedArns: Admitted = {};

/** Actions that policies allow beside those of policies.ts, such as `"dynamodb:PutItem": "writes …"`. */
export const admittedActions: Admitted = {};

/** Whether it is admitted: without a reason it is not. */
export const isAdmitted = (admitted: Admitted, name: string): boolean =>
  Object.hasOwn(admitted, name) && admitted[name]?.trim() !== "";
