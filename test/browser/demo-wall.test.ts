import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { addressOf } from './demo-address.ts';
import { findChromium, openBrowser, type OpenBrowser } from './chromium.ts';

/**
 * The README's first command, from the built output on, as a newcomer sees it; only the port and the folder it keeps things
 * in are other ones.
 */
const root = join(import.meta.dirname, '..', '..');
/** Only so that a demo that never gets there fails instead of hanging; how long it takes is measured by `npm run bench`. */
const HANGS_MS = 240_000;

function missing(): string | undefined {
  if (!existsSync(join(root, 'dist', 'web', 'index.html'))) return 'nothing is built: npm run build';
  if (findChromium() === undefined)
    return 'no Chromium: apt-get install chromium fonts-noto-cjk, or name it in CHROMIUM_PATH';
  return undefined;
}

interface Row {
  readonly regionName: string;
  readonly suggestion: { readonly firstName: string | null; readonly clock: { readonly rule: string } } | null;
}

describeLane('the demo as the README starts it', missing(), () => {
  let folder = '';
  let server: ChildProcess;
  let browser: OpenBrowser;
  let address = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wenbida-demo-'));
    server = spawn(process.execPath, [join(root, 'bin', 'wenbida.js'), 'serve', '--demo'], {
      cwd: root,
      env: { ...process.env, WENBIDA_PORT: '0', WENBIDA_VAR: folder, ELASTICSEARCH_URL: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    address = await addressOf(server);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const get = async <T>(path: string): Promise<T> => (await fetch(`${address}${path}`)).json() as Promise<T>;
  const shown = (text: string) => text.replace(/\s/gu, '');

  test(
    'shows an alert for the lost elder, with who answers and by which rule, on a wall that says it is a drill',
    async () => {
      const plea = async (): Promise<Row | undefined> =>
        (await get<Row[]>('/api/v1/alerts?after=0')).findLast((one) => one.regionName.includes('车村镇'));
      await expect.poll(plea, { timeout: HANGS_MS, interval: 250 }).toBeDefined();
      expect((await plea())?.suggestion?.clock.rule).toMatch(/./);

      const page = await browser.context.newPage();
      await page.goto(address);
      // The newest alert of the incident may name another account by the time the wall is drawn, so both are read again.
      const named = async (): Promise<boolean> => {
        const name = (await plea())?.suggestion?.firstName?.replace('（演练）', '');
        return name !== undefined && shown(await page.locator('body').innerText()).includes(shown(name));
      };
      await expect.poll(named, { timeout: HANGS_MS, interval: 250 }).toBe(true);
      expect(shown(await page.locator('header').first().innerText())).toContain('演练');

      await page.close();
    },
    2 * HANGS_MS,
  );
});
