/** Minutes: when their ends are told, and how long they last. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMinutes, type Minute } from "../../../src/services/cloudwatch/minutes.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_500 });
});
afterEach(() => {
  vi.useRealTimers();
});

function minutesAt(speed: number) {
  const ended: Minute[] = [];
  const minutes = createMinutes({ now: Date.now, speed });
  minutes.onEnd((minute) => ended.push(minute));
  return { minutes, ended };
}

describe("createMinutes", () => {
  test.each([
    [1, 60_000],
    [20, 3_000],
    [7, 8_571],
    [1e9, 1],
  ])("at the speed %d a minute lasts %d ms", (speed, lengthMs) => {
    const { minutes } = minutesAt(speed);
    expect(minutes.lengthMs).toBe(lengthMs);
    minutes.stop();
  });

  test("tells of each minute at its end, which is a multiple of its length", () => {
    const { minutes, ended } = minutesAt(20);
    vi.advanceTimersByTime(1_499);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual([{ start: 999_000, end: 1_002_000 }]);
    vi.advanceTimersByTime(6_000);
    expect(ended.map(({ end }) => end)).toEqual([1_002_000, 1_005_000, 1_008_000]);
    minutes.stop();
  });

  test("calls tasks in their order, and none after stop", () => {
    const called: string[] = [];
    const minutes = createMinutes({ now: Date.now, speed: 20 });
    minutes.onEnd(() => called.push("sampler"));
    minutes.onEnd(() => called.push("alarms"));
    vi.advanceTimersByTime(3_000);
    minutes.stop();
    vi.advanceTimersByTime(30_000);
    expect(called).toEqual(["sampler", "alarms"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a timer that fires before its minute has ended tells of nothing", () => {
    let time = 1_000_500;
    const ended: Minute[] = [];
    const minutes = createMinutes({ now: () => time, speed: 20 });
    minutes.onEnd((minute) => ended.push(minute));
    time = 1_001_999;
    vi.advanceTimersByTime(1_500);
    expect(ended).toEqual([]);
    time = 1_002_000;
    vi.advanceTimersByTime(1);
    expect(ended).toEqual([{ start: 999_000, end: 1_002_000 }]);
    minutes.stop();
  });

  test("after minutes of sleep, only the last that has ended is told of", () => {
    let time = 1_000_500;
    const ended: Minute[] = [];
    const minutes = createMinutes({ now: () => time, speed: 20 });
    minutes.onEnd((minute) => ended.push(minute));
    time = 2_000_000;
    vi.advanceTimersByTime(1_500);
    expect(ended).toEqual([{ start: 1_995_000, end: 1_998_000 }]);
    minutes.stop();
  });
});
