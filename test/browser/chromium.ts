import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is, or undefined: CHROMIUM_PATH first, then where distributions put it. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  return PLACES.find((path) => existsSync(path));
}

const WHY = 'no Chromium: apt-get install chromium fonts-noto-cjk, or name it in CHROMIUM_PATH';

/**
 * Why the browser tests cannot run here, for `describeLane`; undefined where they can. With CI=true a lane that cannot run
 * is a failure, because a green run would claim what nobody looked at.
 */
export function missingChromium(): string | undefined {
  const path = findChromium();
  if (path !== undefined && existsSync(path)) return undefined;
  const because = path === undefined ? WHY : `CHROMIUM_PATH names ${path}, and there is no such file`;
  if (process.env['CI'] === 'true') throw new Error(because);
  return because;
}

export interface OpenBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A fresh browser with its own empty profile, with nothing in it that speaks to the network on its own. */
export async function openBrowser(size = { width: 1920, height: 1080 }): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'wenbida-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    headless: true,
    viewport: size,
    locale: 'zh-CN',
    // The wall says Asia/Shanghai wherever its machine stands; a machine that stands elsewhere shows whether that holds.
    timezoneId: 'America/New_York',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
