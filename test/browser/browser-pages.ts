import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser, type OpenBrowser } from './chromium.ts';
import { complaintsOf } from './page-faults.ts';

/** Generous, because a machine may be busy: a test waits for what a page will say, and not for a time. */
const PATIENCE_MS = 30_000;

export interface BrowserPages {
  readonly context: BrowserContext;
  /** What the pages of this test complained of so far. A test that leaves any of it fails. */
  readonly said: string[];
  open(): Promise<Page>;
  /** Closes what this test opened: before the server that it asks is stopped. */
  close(): Promise<void>;
}

interface Given {
  /** A browser of its own for each test, where what one leaves on the device would be there for the next. */
  readonly freshForEach?: boolean;
}

/** Pages for the tests of a group, which calls this before it says what else comes before and after each. */
export function browserPages(
  size: { readonly width: number; readonly height: number } = { width: 1920, height: 1080 },
  { freshForEach = false }: Given = {},
): BrowserPages {
  let browser: OpenBrowser | undefined;
  let opened: Page[] = [];
  const said: string[] = [];
  const begin = async (): Promise<void> => {
    browser = await openBrowser(size);
  };
  const end = async (): Promise<void> => browser?.close();
  const pages: BrowserPages = {
    get context() {
      if (browser === undefined) throw new Error('the browser is not open yet');
      return browser.context;
    },
    said,
    async open() {
      const page = await pages.context.newPage();
      opened.push(page);
      page.setDefaultTimeout(PATIENCE_MS);
      complaintsOf(page, said);
      return page;
    },
    async close() {
      for (const page of opened) await page.close();
      opened = [];
    },
  };
  (freshForEach ? beforeEach : beforeAll)(begin);
  if (!freshForEach) afterAll(end);
  // Hooks after a test run in the opposite order: this is the last one.
  afterEach(async () => {
    await pages.close();
    if (freshForEach) await end();
    expect(said.splice(0), 'what the page complained of').toEqual([]);
  });
  return pages;
}
