import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../server/package-root.ts';
import { describeLane } from '../lane.ts';
import { EVIL, hostileStrings } from '../seeds/hostile-strings.ts';
import { missingBuild } from './built-web.ts';
import { openBrowser, type OpenBrowser } from './chromium.ts';
import { takePicture } from './page-faults.ts';
import { zip } from '../../bench/zip-file.ts';
import { faultsInCsv, faultsInOffice, faultsInPdf, readFiles } from './hostile-files.ts';
import { openHostileOffice, type HostileOffice } from './hostile-office.ts';
import { watchHostile, type Watching } from './hostile-watch.ts';

const between = (path: string, pattern: RegExp): string[] =>
  [...readFileSync(join(packageRoot(), path), 'utf8').matchAll(pattern)].map(([, name]) => name!);
/** Every page there is, as the web app and the server list them. */
const PAGES = between('web/src/pages.ts', /^ {2}'?([a-z-]+)'?: \{ theme/gmu);
const SCREENS = between('server/http/pages.ts', /^ {2}'\/([a-z-]+)',$/gmu);

/** Where a page shows a thing by its address; all others show what there is. */
const QUESTIONS: Readonly<Record<string, (incident: string) => string>> = {
  incident: (incident) => `?id=${incident}`,
  desk: (incident) => `#/incident/${incident}`,
  wall: (incident) => `#/incident/${incident}`,
  refutations: (incident) => `?incident=${incident}`,
  search: () => '?last=30d',
};
/** Pages on which the office of the test has something that a stranger worded. */
const SHOWN = [
  ...['wall', 'incident', 'watches', 'refutations', 'assessment', 'desk', 'matrix', 'search', 'sources'],
  ...['channels', 'oncall'],
];

describeLane('hostile texts in a browser', missingBuild(), () => {
  const texts = hostileStrings();
  let office: HostileOffice;
  let browser: OpenBrowser;
  let watching: Watching;
  let page: Page;

  beforeAll(async () => {
    office = await openHostileOffice();
    browser = await openBrowser({ width: 1440, height: 900 });
    watching = await watchHostile(browser.context, office.running.url);
    page = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
  });

  /** Opens it and lets it settle: answers read, texts shown, what would run has run. */
  async function shown(path: string, foreign = false): Promise<string> {
    watching.happened.length = 0;
    await page.goto(`${office.running.url}${path}`);
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    const said = (): Promise<string> => page.evaluate(() => document.body.innerText);
    if (foreign) await expect.poll(said).toMatch(/ran\(\d|evil\.invalid/u);
    await page.waitForTimeout(150);
    return said();
  }

  test('there are over 300 of them, no two alike', () => {
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThanOrEqual(300);
  });

  test('on a page without care they run, ask elsewhere and leave strangers: the watch sees it', async () => {
    const body = texts.map((text) => `<p>${text}</p>`);
    await page.route('**/careless', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html>${body.slice(0, 40).join('')}` }),
    );
    await shown('/careless');
    const seen = watching.happened.join('\n');
    expect(seen).toMatch(/a text ran: \d+/u);
    expect(seen).toContain(`asked for http://${EVIL}/`);
    await page.route('**/policed', (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': "default-src 'self'" },
        body: `<!doctype html><img src=x onerror=ran(1)><script>ran(2)</script><object></object><a href="javascript:ran(3)">`,
      }),
    );
    await shown('/policed');
    expect(watching.happened.join('\n')).toContain('the policy refused');
    expect(watching.happened.join('\n')).not.toContain('ran:');
    const strangers = (await watching.strangers(page)).join('\n');
    for (const word of ['attribute onerror', 'script <script', 'element <object', 'address href=javascript:'])
      expect(strangers).toContain(word);
    await page.unrouteAll();
  });

  test('the pages of the web app and those the server serves are the same', () => {
    expect(PAGES.length).toBeGreaterThan(10);
    expect([...SCREENS].sort()).toEqual([...PAGES].sort());
  });

  for (const name of PAGES)
    test(`/${name} shows them as text and runs nothing`, async () => {
      await shown(`/${name}${QUESTIONS[name]?.(office.incident) ?? ''}`, SHOWN.includes(name));
      await takePicture(page, `hostile-${name}`, false);
      expect(watching.happened).toEqual([]);
      expect(await watching.strangers(page)).toEqual([]);
    });

  test('no file that leaves the office runs, loads or computes anything', async () => {
    const files = await readFiles(office.running.url);
    expect(faultsInCsv(files.searchCsv)).toEqual([]);
    expect(faultsInCsv(files.reportCsv)).toEqual([]);
    expect(faultsInCsv(files.matrixCsv)).toEqual([]);
    expect(await faultsInOffice(files.searchXlsx)).toEqual([]);
    expect(await faultsInOffice(files.reportDocx)).toEqual([]);
    expect(faultsInPdf(files.reportPdf)).toEqual([]);
    // The report as it opens from a disk, without the server's headers.
    const html = files.reportHtml.toString('utf8');
    await page.route('**/saved-report', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
    );
    await shown('/saved-report');
    expect(watching.happened).toEqual([]);
    expect(await watching.strangers(page)).toEqual([]);
    await page.unrouteAll();
  });

  test('a careless file is noticed', async () => {
    const formula = '=HYPERLINK("http://x")';
    expect(faultsInCsv(Buffer.from(`"${formula.replaceAll('"', '""')}",b\r\n`))).toHaveLength(1);
    const parts = { 'word/document.xml': '<w:t xmlns:w="w">a<w:instrText>DDEAUTO</w:instrText></w:t>' };
    expect(await faultsInOffice(zip(parts))).toHaveLength(1);
    expect(await faultsInOffice(zip({ 'xl/worksheets/sheet1.xml': '<c><f>1+1</f></c>' }))).toHaveLength(1);
    expect(await faultsInOffice(zip({ 'word/document.xml': '<a>&lt;<b></a>' }))).toHaveLength(1);
    expect(faultsInPdf(Buffer.from('<< /S /JavaScript /JS (app.alert(1)) >>'))).not.toEqual([]);
  });

  test('the pages that the server writes itself run nothing', async () => {
    for (const path of office.plain) {
      expect(await shown(path), path).not.toBe('');
      expect(watching.happened, path).toEqual([]);
      expect(await watching.strangers(page), path).toEqual([]);
    }
  });
});
