import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rest } from '../../server/rest.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a wait is over by now. */
async function isOver(wait: Promise<void>): Promise<boolean> {
  let over = false;
  void wait.then(() => (over = true));
  await vi.advanceTimersByTimeAsync(0);
  return over;
}

test('a wait is over when its time is, or when it is woken', async () => {
  const rest = new Rest();
  const first = rest.for(2_000);
  expect(await isOver(first)).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await isOver(first)).toBe(true);
  const second = rest.for(2_000);
  rest.wake();
  expect(await isOver(second)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('nobody waits once it was ended, also who begins to wait only then', async () => {
  const rest = new Rest();
  const before = rest.for(2_000);
  rest.end();
  expect([await isOver(before), await isOver(rest.for(2_000)), rest.ended]).toEqual([true, true, true]);
  expect(vi.getTimerCount()).toBe(0);
});
