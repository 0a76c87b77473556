import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { regionCode } from '../pipelines/domain/region.ts';
import type { AlertRow } from '../server/contract/http.ts';
import type { ScreenToServer, ServerToScreen } from '../server/contract/live.ts';
import { loadRegionNames } from '../server/load-gazetteer.ts';
import { startServer, type ChildServer } from './child-server.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const SCREENS = 1_000;
const ALERTS = 20;
const LOADS = 5;
const SLOWED = 4;
const WATCHED_MS = 30_000;
/** 20 alerts a minute. */
const EVERY_MS = 3_000;
const CHROMIUM = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

type Wall = Socket<ServerToScreen, ScreenToServer>;

/** A thousand walls on one server, and one wall in a real browser: how soon it paints, is live, and how smoothly it moves. */
export async function benchScreens(report: Report): Promise<void> {
  const server = await startServer();
  try {
    const pleas = pleaMaker();
    await manyWalls(server, pleas, report);
    const path = CHROMIUM.find((one) => one !== undefined && one !== '' && existsSync(one));
    if (path === undefined) {
      process.stderr.write(
        'screens：没有 Chromium（apt-get install chromium，或写在 CHROMIUM_PATH），跳过一块屏的测量\n',
      );
      return;
    }
    const { chromium } = await import('playwright-core');
    const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      await firstLoad(browser, server, report);
      await smoothness(browser, server, pleas, report);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

async function manyWalls(server: ChildServer, plea: () => unknown, report: Report): Promise<void> {
  const walls: Wall[] = [];
  const heard = new Map<number, number[]>();
  for (let at = 0; at < SCREENS; at++) {
    const wall: Wall = io(`${server.url}/live`, {
      auth: { lastSeq: 0, regions: [] },
      ...{ transports: ['websocket'], forceNew: true, timeout: 60_000 },
    });
    wall.on('alert', (row: AlertRow) => {
      const times = heard.get(row.seq);
      if (times === undefined) heard.set(row.seq, [performance.now()]);
      else times.push(performance.now());
    });
    walls.push(wall);
    // A hall does not switch on a thousand screens in one millisecond.
    if (at % 50 === 49) await Promise.all(walls.slice(-50).map((one) => connected(one)));
  }
  const took: number[] = [];
  const spread: number[] = [];
  const cpu = server.cpu();
  for (let nth = 0; nth < ALERTS; nth++) {
    const before = new Set(heard.keys());
    await server.post([plea()]);
    const accepted = performance.now();
    const arrived = async (): Promise<number[]> => {
      for (let waited = 0; waited < 10_000; waited += 20) {
        const fresh = [...heard].find(([seq, times]) => !before.has(seq) && times.length >= SCREENS);
        if (fresh !== undefined) return fresh[1];
        await sleep(20);
      }
      return [];
    };
    const times = await arrived();
    const first = times[0] ?? Number.NaN;
    took.push(...times.map((at) => Math.max(0, at - accepted)));
    spread.push(...times.map((at) => at - first));
    await sleep(300);
  }
  const used = server.cpu() - cpu;
  for (const wall of walls) wall.disconnect();
  const note = `${SCREENS} walls, ${ALERTS} alerts, server CPU ${round(used, 2)} s, ${machine()}`;
  const figure = (name: string, value: number, bar?: number) =>
    report({
      ...{ bench: 'screens', name, value: round(value), unit: 'ms', note },
      ...(bar === undefined ? {} : { bar: `≤ ${bar}`, ok: value <= bar }),
    });
  figure('accepted to every wall, p50', percentile(took, 50));
  figure('accepted to every wall, p99', percentile(took, 99), 500);
  figure('first wall to every wall, p99', percentile(spread, 99));
  report({
    ...{ bench: 'screens', name: 'alerts on walls', value: took.length, unit: 'alerts', note },
    ...{ bar: `= ${SCREENS * ALERTS}`, ok: took.length === SCREENS * ALERTS },
  });
}

const connected = (wall: Wall): Promise<void> =>
  new Promise((done) => {
    if (wall.connected) done();
    else wall.once('connect', () => done());
  });

/** When it was first live, ms since the page was asked for; set in the page. */
const WATCH = `new MutationObserver((_changes, watching) => {
  if (document.querySelector('.link[data-link="live"]') === null) return;
  window.liveAt = performance.now();
  watching.disconnect();
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-link'] });`;

async function firstLoad(browser: Browser, server: ChildServer, report: Report): Promise<void> {
  const paints: number[] = [];
  const lives: number[] = [];
  for (let nth = 0; nth < LOADS; nth++) {
    // A context of its own has nothing cached.
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await page.addInitScript(WATCH);
    await page.goto(`${server.url}/wall`);
    // Waiting by a script of our own in the page would be refused by the page's policy.
    await page.locator('.link[data-link="live"]').waitFor({ timeout: 60_000 });
    lives.push(Number(await page.evaluate('window.liveAt')));
    paints.push(Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`)));
    await context.close();
  }
  const note = `median of ${LOADS} loads, nothing cached, CPU slowed ${SLOWED} times, ${machine()}`;
  const figure = (name: string, values: readonly number[], bar: number) => {
    const value = percentile(values, 50);
    report({ bench: 'screens', name, value: round(value), unit: 'ms', bar: `≤ ${bar}`, ok: value <= bar, note });
  };
  figure('first paint', paints, 1_000);
  figure('live', lives, 2_000);
}

async function smoothness(browser: Browser, server: ChildServer, plea: () => unknown, report: Report): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(`${server.url}/wall`);
  await page.locator('.link[data-link="live"]').waitFor({ timeout: 60_000 });
  const idle = await framesOf(page, 5_000);
  const counting = framesOf(page, WATCHED_MS);
  for (let passed = 0; passed < WATCHED_MS; passed += EVERY_MS) {
    await server.post([plea()]);
    await sleep(EVERY_MS);
  }
  const { rate, slow } = await counting;
  const note = `${WATCHED_MS / EVERY_MS} alerts in ${WATCHED_MS / 1000} s, the same page at rest ${round(idle.rate)}, frames over 34 ms ${slow}, no GPU, ${machine()}`;
  report({ bench: 'screens', name: 'frames', value: round(rate), unit: '/s', bar: '≥ 59', ok: rate >= 59, note });
  await page.close();
}

/** Frames that the page was given, in the page's own time. */
const framesOf = (page: Page, ms: number): Promise<{ rate: number; slow: number }> =>
  page.evaluate(`new Promise((done) => {
    const began = performance.now();
    let frames = 0, slow = 0, before = began;
    const frame = (now) => {
      frames++;
      if (now - before > 34) slow++;
      before = now;
      const passed = performance.now() - began;
      if (passed >= ${ms}) done({ rate: frames / passed * 1000, slow });
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`);

/** A plea for a life in a town of its own each time: each is an incident, and an alert, at once. */
function pleaMaker(): () => unknown {
  const names = loadRegionNames();
  const towns = names.childrenOf(regionCode('410300')).flatMap((county) => names.childrenOf(county));
  const who = ['爷爷', '奶奶', '外公', '姥姥', '父亲', '母亲', '舅舅', '姑姑'];
  let nth = 0;
  return () => {
    const town = towns[(nth * 7) % towns.length]!;
    nth += 1;
    return {
      id: `screens-${nth}`,
      time: new Date().toISOString(),
      text: `${names.regionName(town)}，我${who[nth % who.length]}走失了，第${nth}天清早出的门，记性不好，求扩散，看到的请打电话`,
      author: { key: `family-${nth}` },
    };
  };
}
