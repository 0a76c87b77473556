import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { startServer } from './child-server.ts';
import { machine, percentile, round, type BenchFigure } from './figure.ts';

/**
 * From a tap on a notice's link to the right incident with its acts on a phone: `npx tsx bench/desk-link.ts`, after `npm run build`.
 * On 127.0.0.1, as this machine is and with its CPU slowed four times; then slowed and on a line of 400 ms and 400 kbit/s. First visit (nothing
 * on the device) and later ones (the desk's own pages are). Needs a Chromium, so it is no part of `npm run bench`.
 */
const PLEA =
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家';
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
interface Line {
  readonly name: string;
  /** How many times slower the CPU is made. */
  readonly cpu: number;
  readonly slow: boolean;
  readonly rounds: number;
}
const LINES: readonly Line[] = [
  { name: '127.0.0.1', cpu: 1, slow: false, rounds: 5 },
  { name: 'CPU 4x slower, 127.0.0.1', cpu: 4, slow: false, rounds: 5 },
  { name: 'CPU 4x slower, 400 ms and 400 kbit/s', cpu: 4, slow: true, rounds: 2 },
];

const report = (figure: BenchFigure): void => console.log(JSON.stringify(figure));

async function phone(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 390, height: 844 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** ms from the beginning of the navigation to the incident's title and its acts, by the page's own clock. */
async function opened(page: Page, link: string, { cpu, slow }: Line): Promise<number> {
  await page.goto('about:blank');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (slow) {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW);
  }
  await page.goto(link, { waitUntil: 'commit' });
  await page.locator('#h-case').waitFor();
  await page.getByRole('region', { name: '可做' }).waitFor();
  const took = await page.evaluate<number>('performance.now()');
  await devtools.detach();
  return took;
}

const server = await startServer();
try {
  const time = new Date(Date.now() - 60_000).toISOString();
  await server.post([{ id: 'plea', platform: 'weibo', kind: 'post', text: PLEA, time }]);
  await server.drained();
  const rows = (await (await fetch(`${server.url}/api/v1/incidents`)).json()) as { id: string }[];
  const link = `${server.url}/desk#/incident/${encodeURIComponent(rows[0]?.id ?? '')}`;
  for (const line of LINES) {
    const { name: where, slow, rounds } = line;
    const first: number[] = [];
    const later: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const profile = mkdtempSync(join(tmpdir(), 'wenbida-desk-link-'));
      const context = await phone(profile);
      const page = await context.newPage();
      page.setDefaultTimeout(120_000);
      first.push(await opened(page, link, line));
      await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
      await page.waitForTimeout(slow ? 20_000 : 3_000);
      for (let again = 0; again < 3; again++) later.push(await opened(page, link, line));
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
    const note = `${where}; ${machine()}`;
    const figure = (name: string, values: readonly number[], bar?: number): void =>
      report({
        ...{ bench: 'desk-link', name, value: round(percentile(values, 50), 0), unit: 'ms', note },
        ...(bar === undefined ? {} : { bar: `<= ${bar}`, ok: percentile(values, 50) <= bar }),
      });
    figure('first visit, median', first, slow ? undefined : 1_000);
    figure('later, median', later, slow ? undefined : 1_000);
    figure('later, worst', [Math.max(...later)]);
  }
} finally {
  await server.stop();
}
