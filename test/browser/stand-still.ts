import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { FixtureServer } from './fixture-server.ts';

/** Further on than a page has come by the time it is paused, however busy the machine is. */
const LATER_MS = 30_000;

/**
 * Time stands on the page, whose clock was installed before it was opened, and passes only as the test says (`page.clock.runFor`). An
 * installed clock runs on by itself, so that without this a busy machine would add to every time that is counted.
 */
export async function pauseClock(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + LATER_MS);
  // The clock is the whole browser's: the pages of the next test would stand still too.
  onTestFinished(() => page.context().clock.resume());
}

/** Pauses the clock of a wall, with the last pulse heard just now. */
export async function standStill(page: Page, server: FixtureServer): Promise<void> {
  await pauseClock(page);
  await page.locator('.link[data-link="stopped"]').waitFor();
  server.beat();
  await page.locator('.link[data-link="live"]').waitFor();
}
