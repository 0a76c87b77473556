import type { CDPSession, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FixtureServer } from './fixture-server.ts';
import { anAlert, anIncident, dam, NOW } from './invented-city.ts';

const MINUTE = 60_000;
/** Steps of the eight hours, one new incident each: a busy night. A wall lets go of fifty-one at a time, so both looks find it equally full. */
const SHIFT = 3 * 51;
const EVERY = (8 * 60) / SHIFT;
/** Until it holds as many alerts and closed incidents as a wall keeps: from there on what comes equals what goes. */
const SETTLED = 220;
/** Incidents that are open at a time. */
const OPEN = 12;

/** Elements that once hung in the document and were let go of; the templates that rows are copied from hang in fragments and stay. */
const COUNT_DETACHED = `function () {
  return this.filter((one) => !Object.hasOwn(one, 'constructor') && !one.isConnected)
    .filter((one) => !(one.getRootNode() instanceof DocumentFragment)).length;
}`;

interface Held {
  readonly heap: number;
  readonly nodes: number;
  readonly detached: number;
  readonly listeners: number;
}

describeLane('a wall through a shift of eight hours', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages();
  let server: FixtureServer;
  let page: Page;

  beforeEach(async () => {
    server = await FixtureServer.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  async function held(cdp: CDPSession): Promise<Held> {
    for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
    // Every element that lives in the page's memory, whether or not it hangs in the document.
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'Element.prototype' });
    const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
    const counted = await cdp.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: COUNT_DETACHED,
      returnByValue: true,
    });
    await cdp.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
    return {
      ...{ heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') },
      detached: Number(counted.result.value),
    };
  }

  test('takes eight hours of alerts, changes and counts without growing, and leaves no node behind', async () => {
    await page.goto(`${server.url}/`);
    await page.locator('.link[data-link="live"]').waitFor();
    server.alerts.length = 0;
    let seq = 100;
    const incidentAt = (nth: number, state: 'open' | 'cooled', count: number) => {
      const at = new Date(NOW + nth * EVERY * MINUTE).toISOString();
      return anIncident({
        ...{ id: `shift-${nth}`, title: `第${nth}件路灯不亮`, state, count, copies: count * 2, heat: count % 90 },
        ...{ openedAt: at, firstPostAt: at, lastPostAt: new Date(NOW + (nth * EVERY + 1) * MINUTE).toISOString() },
        suggestion: dam.suggestion,
        climb: [['town', -nth * EVERY]],
      });
    };
    const pass = async (nth: number, updates: number): Promise<void> => {
      const row = incidentAt(nth, 'open', 3);
      server.raise(anAlert(++seq, row), row);
      for (let back = 1; back <= updates; back++)
        if (nth - back >= 0) server.send('incident', incidentAt(nth - back, 'open', 3 + back * 4));
      if (nth >= OPEN) server.send('incident', incidentAt(nth - OPEN, 'cooled', 40));
      server.beat(NOW + nth * EVERY * MINUTE);
      // The screen says what it has shown: nothing is sent faster than it is drawn.
      while (server.seen.at(-1) !== seq) await new Promise((again) => setTimeout(again, 2));
      server.incidents.clear();
    };
    const cdp = await pages.context.newCDPSession(page);
    await cdp.send('Performance.enable');
    for (let nth = 0; nth < SETTLED; nth++) await pass(nth, 4);
    const before = await held(cdp);
    for (let nth = SETTLED; nth < SETTLED + SHIFT; nth++) await pass(nth, 4);
    const after = await held(cdp);

    expect(await page.getByRole('region', { name: '扩散台阶' }).locator('li').count()).toBeGreaterThan(3);
    expect(after.heap / before.heap, JSON.stringify({ before, after })).toBeGreaterThan(0.9);
    expect(after.heap / before.heap, JSON.stringify({ before, after })).toBeLessThan(1.1);
    expect({ before: before.detached, after: after.detached }).toEqual({ before: 0, after: 0 });
    expect(after.nodes / before.nodes, JSON.stringify({ before, after })).toBeLessThan(1.1);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners * 1.1);
  }, 900_000);
});
