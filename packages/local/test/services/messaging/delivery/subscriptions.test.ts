/** Subscriptions of functions: how they change and end, and which are rejected. */
import { expect, test } from "vitest";
import { TOPIC } from "./fake-messaging.ts";
import { redriveTo, setUpDelivery } from "./delivery-harness.ts";

const { allowed, delivery, invocations, messaging, subscribe } = setUpDelivery();

test("a subscription takes other policies, and stays with what waits in its queue", async () => {
  allowed.clear();
  const before = messaging().addQueue("before");
  const after = messaging().addQueue("after");
  const { subscriptionArn } = await subscribe({ redrivePolicy: redriveTo(before) });

  const filter = {
    filterPolicy: `{"kind":["greeting"]}`,
    filterPolicyScope: "MessageBody",
  } as const;
  await delivery().update(subscriptionArn, { ...filter, redrivePolicy: redriveTo(after) });
  messaging().publish(TOPIC, "Ada");
  await messaging().drained(subscriptionArn);

  expect(messaging().held(before.arn)).toEqual([]);
  expect(messaging().held(after.arn)).toHaveLength(1);
  const attributes = { FilterPolicy: filter.filterPolicy, FilterPolicyScope: "MessageBody" };
  expect(messaging().subscriptions()).toMatchObject([{ attributes }]);

  await delivery().update(subscriptionArn, {});
  messaging().publish(TOPIC, "Grace");
  await messaging().drained(subscriptionArn);
  expect(messaging().held(after.arn)).toHaveLength(1);
  const cleared = { FilterPolicy: "", FilterPolicyScope: "MessageAttributes" };
  expect(messaging().subscriptions()).toMatchObject([{ attributes: cleared }]);
});

test("a redrive policy that is not valid changes nothing, nor does one for no subscription", async () => {
  const { subscriptionArn } = await subscribe({ filterPolicy: `{"kind":["greeting"]}` });

  await expect(delivery().update(subscriptionArn, { redrivePolicy: "{}" })).rejects.toThrow(
    "The redrive policy is not of the form",
  );
  await expect(delivery().update(`${subscriptionArn}2`, {})).rejects.toThrow("There is no");

  expect(messaging().subscriptions()).toMatchObject([
    { attributes: { FilterPolicy: `{"kind":["greeting"]}` } },
  ]);
});

test("an ended subscription delivers nothing more and leaves no queue", async () => {
  const { subscriptionArn } = await subscribe();

  await delivery().unsubscribe(subscriptionArn);
  messaging().publish(TOPIC, "Ada");

  expect(invocations).toEqual([]);
  expect(messaging().queueArns()).toEqual([]);
  expect(messaging().subscriptions()).toEqual([]);
  await expect(delivery().unsubscribe(subscriptionArn)).resolves.toBeUndefined();
});

test("a subscription to a missing topic fails and leaves no queue", async () => {
  await expect(subscribe({ topicArn: `${TOPIC}2` })).rejects.toThrow("Topic does not exist");

  expect(messaging().queueArns()).toEqual([]);
});

test.for(["{", "{}", `{"deadLetterTargetArn":"arn","maxReceiveCount":3}`])(
  "the redrive policy %s is rejected, and leaves no queue",
  async (redrivePolicy) => {
    await expect(subscribe({ redrivePolicy })).rejects.toThrow(
      "The redrive policy is not of the form",
    );

    expect(messaging().queueArns()).toEqual([]);
  },
);
