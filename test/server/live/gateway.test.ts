import { request } from 'node:http';
import { connect, type Socket as Raw } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { EVERYTHING, type Scope, type Viewer } from '../../../pipelines/domain/person.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import type { ScreenToServer, ServerToScreen } from '../../../server/contract/live.ts';
import { aLiveApp, type LiveApp } from '../../seeds/http.ts';
import { aPulse, anAlertRow, anIncidentRow, fakeServices, type FakeServices } from '../../seeds/services.ts';

type Screen = Socket<ServerToScreen, ScreenToServer>;

let server: LiveApp | undefined;
const opened: Screen[] = [];
afterEach(async () => {
  for (const screen of opened.splice(0)) screen.disconnect();
  await server?.app.close();
  server = undefined;
});

/** A screen that writes down what it is told, in order. */
function aScreen(auth: unknown, more: { readonly transports?: string[]; readonly path?: string } = {}) {
  const screen: Screen = io(`${server!.url}${more.path ?? '/live'}`, {
    auth: auth as Record<string, unknown>,
    transports: more.transports ?? ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  opened.push(screen);
  const alerts: number[] = [];
  const incidents: IncidentRow[] = [];
  const resyncs: number[] = [];
  const pulses: number[] = [];
  screen.on('alert', ({ seq }: AlertRow) => alerts.push(seq));
  screen.on('incident', (row) => incidents.push(row));
  screen.on('resync', ({ seq }) => resyncs.push(seq));
  screen.on('pulse', ({ accepted }) => pulses.push(accepted));
  return { screen, alerts, incidents, resyncs, pulses };
}

/** Resolves once the condition holds; the test's own limit ends it where it never does. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((again) => setTimeout(again, 5));
}

const refusal = (screen: Screen): Promise<string> =>
  new Promise((resolve) => {
    screen.on('connect_error', ({ message }) => resolve(message));
    screen.on('connect', () => resolve('connected'));
  });

const upTo = (last: number, from = 1): number[] => Array.from({ length: last - from + 1 }, (_, at) => from + at);

const manyAlerts = (count: number): AlertRow[] => upTo(count).map((seq) => anAlertRow({ seq }));

describe('alerts', () => {
  test('a screen is given what it does not have, then what is new', async () => {
    const services = fakeServices({ alerts: manyAlerts(5) });
    server = await aLiveApp(services);
    const { alerts } = aScreen({ lastSeq: 3, regions: [] });
    await until(() => alerts.length === 2);
    services.raise();
    await until(() => alerts.length === 3);
    expect(alerts).toEqual([4, 5, 6]);
  });

  test.each([['websocket'], ['polling']])(
    'over %s, none is missing and none doubled while alerts go on during the replay',
    async (transport) => {
      const services = fakeServices({ alerts: manyAlerts(1000) });
      server = await aLiveApp(services);
      const { alerts } = aScreen({ lastSeq: 0, regions: [] }, { transports: [transport] });
      // Raised from inside the replay: each page read is followed by a new alert before the screen has seen the page.
      const read = services.watch.alerts.bind(services.watch);
      let pages = 0;
      Object.assign(services.watch, {
        alerts: (...asked: Parameters<typeof read>) => {
          const page = read(...asked);
          if ((pages += 1) <= 40) setImmediate(() => services.raise());
          return page;
        },
      });
      await until(
        () => alerts.length >= 1000 + Math.min(pages, 40) && alerts.at(-1) === services.watch.lastSeq(EVERYTHING),
      );
      services.raise();
      await until(() => alerts.at(-1) === services.watch.lastSeq(EVERYTHING));
      expect(pages).toBeGreaterThan(10);
      expect(alerts).toEqual(upTo(services.watch.lastSeq(EVERYTHING)));
    },
  );

  test('an alert that the replay has read is not sent again when the news of it comes after', async () => {
    const services = fakeServices();
    server = await aLiveApp(services);
    services.outbox.push(anAlertRow({ seq: 1 }));
    const { alerts, pulses } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => alerts.length === 1);
    services.tell.alert(anAlertRow({ seq: 1 }));
    services.raise();
    await until(() => alerts.length >= 2);
    expect(alerts).toEqual([1, 2]);
    expect(pulses).toEqual([12]);
  });

  test('a quiet hour and a cut connection lose nothing: the cursor brings the rest', async () => {
    const services = fakeServices();
    server = await aLiveApp(services);
    const first = aScreen({ lastSeq: 0, regions: [] });
    await until(() => first.screen.connected);
    first.screen.disconnect();
    await until(() => server!.gateway.screens() === 0);
    services.raise();
    services.raise();
    const again = aScreen({ lastSeq: 0, regions: [] });
    await until(() => again.alerts.length === 2);
    expect(again.alerts).toEqual([1, 2]);
  });

  test('what a screen has read over HTTP it says with seen, and is not sent', async () => {
    const services = fakeServices();
    server = await aLiveApp(services);
    const { screen, alerts, pulses } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => pulses.length === 1);
    services.outbox.push(...manyAlerts(3));
    screen.emit('seen', 3);
    (screen as unknown as { emit(name: string, value: unknown): void }).emit('seen', 'nonsense');
    screen.emit('seen', 1e9);
    const other = aScreen({ lastSeq: 3, regions: [] });
    await until(() => other.pulses.length === 1);
    for (const row of services.outbox.slice()) services.tell.alert(row);
    services.raise();
    await until(() => alerts.length > 0 && other.alerts.length > 0);
    expect(alerts).toEqual([4]);
    expect(other.alerts).toEqual([4]);
  });

  test('a screen whose last alert this outbox never had is told to read again', async () => {
    const services = fakeServices({ alerts: manyAlerts(2) });
    server = await aLiveApp(services);
    const { alerts, resyncs } = aScreen({ lastSeq: 500, regions: [] });
    await until(() => resyncs.length === 1);
    services.raise();
    await until(() => alerts.length === 1);
    expect(resyncs).toEqual([2]);
    expect(alerts).toEqual([3]);
  });
});

describe('regions', () => {
  const cases: [string, (string | null)[], number[]][] = [
    ['all', [], [1, 2, 3, 4, 5, 6, 7]],
    ['a district', ['410311'], [1, 2, 3, 4, 7]],
    ['a city', ['410300'], [1, 2, 3, 4, 5, 7]],
    ['a street', ['410311001'], [1, 2, 3, 4, 7]],
    ['another street of it', ['410311002'], [2, 3, 4, 7]],
    ['two districts', ['410302', '110108'], [3, 4, 5, 6, 7]],
  ];
  // A street, its district, city and province, another district, another province, and a place that is not known.
  const places = ['410311001', '410311', '410300', '410000', '410302', '110108', null];

  test.each(cases)(
    'a screen of %s is given what is in, above or below it, in replay and live alike',
    async (_name, regions, wanted) => {
      const services = fakeServices({ alerts: places.map((region, at) => anAlertRow({ seq: at + 1, region })) });
      server = await aLiveApp(services, { incidentMs: 1 });
      const replayed = aScreen({ lastSeq: 0, regions });
      await until(() => replayed.alerts.includes(7));
      expect(replayed.alerts).toEqual(wanted);
      for (const region of places) services.raise({ region });
      for (const [at, region] of places.entries())
        services.tell.incident(anIncidentRow({ id: String(at + 1), region }));
      await until(() => replayed.alerts.includes(14) && replayed.incidents.some(({ id }) => id === '7'));
      expect(replayed.alerts.slice(wanted.length)).toEqual(wanted.map((seq) => seq + 7));
      expect(replayed.incidents.map(({ id }) => Number(id))).toEqual(wanted);
    },
  );
});

describe('incidents and pulse', () => {
  test('a thousand changes of one incident at once are one message, the newest', async () => {
    const services = fakeServices();
    server = await aLiveApp(services, { incidentMs: 1 });
    const { incidents, alerts, pulses } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => pulses.length === 1);
    for (const count of upTo(1000)) services.tell.incident(anIncidentRow({ count }));
    services.tell.incident(anIncidentRow({ id: 'incident-2' }));
    await until(() => incidents.length >= 2);
    services.raise();
    await until(() => alerts.length === 1);
    expect(incidents.map(({ id, count }) => [id, count])).toEqual([
      ['incident-1', 1000],
      ['incident-2', 12],
    ]);
  });

  test('an incident that turns out to be elsewhere is told to those who were shown it here', async () => {
    const services = fakeServices();
    server = await aLiveApp(services, { incidentMs: 1 });
    const here = aScreen({ lastSeq: 0, regions: ['410311'] });
    const there = aScreen({ lastSeq: 0, regions: ['410302'] });
    const elsewhere = aScreen({ lastSeq: 0, regions: ['110108'] });
    const all = [here, there, elsewhere];
    await until(() => all.every(({ pulses }) => pulses.length === 1));
    services.tell.incident(anIncidentRow({ region: '410311' }));
    await until(() => here.incidents.length === 1);
    services.tell.incident(anIncidentRow({ region: '410302' }));
    await until(() => here.incidents.length === 2 && there.incidents.length === 1);
    services.tell.incident(anIncidentRow({ region: '410302', count: 13 }));
    services.raise({ region: null });
    await until(() => there.incidents.length === 2 && all.every(({ alerts }) => alerts.length === 1));
    expect([here, there, elsewhere].map(({ incidents }) => incidents.length)).toEqual([2, 2, 0]);
  });

  test('between two pulses of the pace only the newest is kept', async () => {
    const services = fakeServices();
    server = await aLiveApp(services, { pulseMs: 50 });
    const { pulses } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => pulses.length === 1);
    for (const accepted of upTo(100)) services.tell.pulse(aPulse({ accepted }));
    await until(() => pulses.includes(100));
    for (const accepted of upTo(200, 101)) services.tell.pulse(aPulse({ accepted }));
    await until(() => pulses.includes(200));
    expect(pulses).toEqual([12, 100, 200]);
  });
});

describe('the door', () => {
  test.each([
    [undefined],
    [{}],
    [{ lastSeq: -1, regions: [] }],
    [{ lastSeq: 1.5, regions: [] }],
    [{ lastSeq: '0', regions: [] }],
    [{ lastSeq: 0 }],
    [{ lastSeq: 0, regions: '410300' }],
    [{ lastSeq: 0, regions: ['4103'] }],
    [{ lastSeq: 0, regions: ['*'] }],
    [{ lastSeq: 0, regions: new Array(51).fill('410300') }],
    [{ lastSeq: 0, regions: [], admin: true }],
  ])('auth %j is refused with a sentence', async (auth) => {
    server = await aLiveApp(fakeServices());
    expect(await refusal(aScreen(auth).screen)).toMatch(/^auth.* is not valid .*: say \{lastSeq/);
    expect(server.gateway.screens()).toBe(0);
  });

  test('there is no other namespace', async () => {
    server = await aLiveApp(fakeServices());
    expect(await refusal(aScreen({ lastSeq: 0, regions: [] }, { path: '/' }).screen)).toContain('/live');
    expect(await refusal(aScreen({ lastSeq: 0, regions: [] }, { path: '/admin' }).screen)).toBe('Invalid namespace');
  });

  const knock = (headers: Record<string, string>, websocket: boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      };
      const path = `/socket.io/?EIO=4&transport=${websocket ? 'websocket' : 'polling'}`;
      const asked = request({
        host: '127.0.0.1',
        port: server!.port,
        path,
        headers: { ...(websocket ? upgrade : {}), ...headers },
      });
      asked.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('upgrade', (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });

  test.each([
    [true, 101],
    [false, 200],
  ])('a foreign page is shut out, our own and programs are let in (websocket: %s)', async (websocket, open) => {
    server = await aLiveApp(fakeServices());
    const host = `127.0.0.1:${server.port}`;
    expect(await knock({ origin: 'https://evil.example' }, websocket)).toBe(403);
    expect(await knock({ origin: 'null' }, websocket)).toBe(403);
    expect(await knock({ origin: `http://localhost:${server.port}` }, websocket)).toBe(403);
    expect(await knock({ 'sec-fetch-site': 'cross-site' }, websocket)).toBe(403);
    expect(await knock({ host: 'evil.example', origin: 'http://evil.example' }, websocket)).toBe(403);
    expect(await knock({ origin: `http://${host}` }, websocket)).toBe(open);
    expect(await knock({ 'sec-fetch-site': 'same-origin' }, websocket)).toBe(open);
    expect(await knock({}, websocket)).toBe(open);
  });

  test('a message larger than a screen ever says closes the connection', async () => {
    server = await aLiveApp(fakeServices());
    const { screen } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => screen.connected);
    (screen as unknown as { emit(name: string, value: unknown): void }).emit('seen', 'x'.repeat(10_000));
    await until(() => !screen.connected);
    expect(server.gateway.screens()).toBe(0);
  });
});

/** A WebSocket client that says hello and then never reads another byte. */
async function aSleeper(port: number): Promise<Raw> {
  const raw = connect(port, '127.0.0.1');
  raw.on('error', () => raw.destroy());
  await new Promise((ready) => raw.once('connect', ready));
  raw.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
  );
  await new Promise((ready) => raw.once('data', ready));
  const hello = Buffer.from('40/live,{"lastSeq":0,"regions":[]}');
  raw.write(Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello]));
  raw.pause();
  return raw;
}

describe('a screen that does not read', () => {
  const LOAD = 12_000;
  const bulky = (services: FakeServices, seq: number): AlertRow =>
    anAlertRow({ seq, title: '停水'.repeat(500), suggestion: { ...services.outbox[0]!.suggestion } });

  test('is told once to read again, costs a window of memory, and gets every alert once it reads', async () => {
    const services = fakeServices({ alerts: [anAlertRow()] });
    server = await aLiveApp(services, { window: 64, incidentMs: 5 });
    const awake = aScreen({ lastSeq: 0, regions: [] });
    const sleepers = await Promise.all(upTo(20).map(() => aSleeper(server!.port)));
    await until(() => server!.gateway.screens() === 21 && awake.alerts.length === 1);
    const before = process.memoryUsage.rss();
    for (let seq = 2; seq <= LOAD; seq += 1) {
      const row = bulky(services, seq);
      // The store is not what is measured, so it keeps the plain row.
      services.outbox.push(anAlertRow({ seq }));
      services.tell.alert(row);
      if (seq % 50 !== 0) continue;
      services.tell.incident(anIncidentRow({ count: seq }));
      await until(() => awake.alerts.length >= seq - 50);
    }
    await until(() => awake.alerts.length === LOAD);
    expect(awake.alerts.every((seq, at) => seq === at + 1)).toBe(true);
    expect(awake.resyncs).toEqual([]);
    const resyncs = /wenbida_live_resyncs_total (\d+)/.exec(await server.app.metrics.text())?.[1];
    expect(Number(resyncs)).toBe(sleepers.length);
    // 20 screens × 12,000 alerts × 3.5 kB would be 840 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);

    let heard = '';
    const one = sleepers[0]!;
    one.on('data', (chunk: Buffer) => (heard = (heard + chunk.toString('latin1')).slice(-200_000)));
    one.resume();
    await until(() => heard.includes(`"seq":${LOAD},`));
    for (const sleeper of sleepers) sleeper.destroy();
    await until(() => server!.gateway.screens() === 1);
  });

  test('does not hold the server up when it closes', async () => {
    const services = fakeServices({ alerts: [anAlertRow()] });
    server = await aLiveApp(services, { window: 16, goodbyeMs: 50 });
    const sleeper = await aSleeper(server.port);
    await until(() => server!.gateway.screens() === 1);
    for (let seq = 2; seq <= 4000; seq += 1) services.tell.alert(bulky(services, seq));
    await server.app.close();
    expect(server.gateway.screens()).toBe(0);
    expect(services.listening()).toBe(0);
    sleeper.destroy();
  });
});

describe('somebody of one county', () => {
  const COUNTY = '410311';
  const BESIDE = '410302';
  const viewer = (scope: Partial<Scope>): Viewer => ({
    id: 'p',
    name: '县里的人',
    roles: ['viewer'],
    scope: { regions: [regionCode(COUNTY)], incidents: new Set(), ...scope },
  });

  test('is told of the county alone, whatever regions the screen asks for', async () => {
    const alerts = [COUNTY, BESIDE, '410300', null].map((region, at) => anAlertRow({ seq: at + 1, region }));
    const services = fakeServices({ alerts, who: { asks: () => viewer({}) } });
    server = await aLiveApp(services, { incidentMs: 1 });
    const none = aScreen({ lastSeq: 0, regions: [] });
    const city = aScreen({ lastSeq: 0, regions: ['410300'] });
    const other = aScreen({ lastSeq: 0, regions: [BESIDE] });
    await until(() => server!.gateway.screens() === 3);
    for (const region of [BESIDE, '410300', null]) {
      services.raise({ region });
      services.tell.incident(anIncidentRow({ id: `at-${region}`, region }));
    }
    services.raise({ region: `${COUNTY}001` });
    services.tell.incident(anIncidentRow({ id: 'own', region: COUNTY }));
    await until(() => [none, city].every((one) => one.incidents.length > 0 && one.alerts.length > 1));
    for (const one of [none, city]) expect([one.alerts, one.incidents.map(({ id }) => id)]).toEqual([[1, 8], ['own']]);
    expect([other.alerts, other.incidents]).toEqual([[], []]);
  });

  test('is told of an incident that was shared, and that one is gone once it is found to be elsewhere', async () => {
    const services = fakeServices({ who: { asks: () => viewer({ incidents: new Set(['shared' as IncidentId]) }) } });
    server = await aLiveApp(services, { incidentMs: 1 });
    const { screen, incidents } = aScreen({ lastSeq: 0, regions: [] });
    const gone: string[] = [];
    screen.on('gone', (id) => gone.push(id));
    await until(() => server!.gateway.screens() === 1);
    services.tell.incident(anIncidentRow({ id: 'shared', region: BESIDE }));
    services.tell.incident(anIncidentRow({ id: 'moves', region: COUNTY }));
    await until(() => incidents.length === 2);
    services.tell.incident(anIncidentRow({ id: 'moves', region: BESIDE, title: '邻县的事' }));
    await until(() => gone.length === 1);
    expect([gone, incidents.map(({ id }) => id)]).toEqual([['moves'], ['shared', 'moves']]);
  });

  test('is shut out within five seconds of being disabled, and told to read again where the regions change', async () => {
    let now: Viewer | undefined = viewer({});
    const services = fakeServices({ who: { asks: () => now } });
    server = await aLiveApp(services, { recheckMs: 5, incidentMs: 1 });
    const { screen, resyncs, incidents } = aScreen({ lastSeq: 0, regions: [] });
    await until(() => server!.gateway.screens() === 1);
    now = viewer({ regions: [regionCode(BESIDE)] });
    await until(() => resyncs.length === 1);
    services.tell.incident(anIncidentRow({ id: 'before', region: COUNTY }));
    services.tell.incident(anIncidentRow({ id: 'after', region: BESIDE }));
    await until(() => incidents.length === 1);
    expect(incidents[0]?.id).toBe('after');
    now = undefined;
    await until(() => !screen.connected);
    expect(await refusal(aScreen({ lastSeq: 0, regions: [] }).screen)).toBe('sign_in');
  });

  test('who holds no role of the office watches nothing', async () => {
    const services = fakeServices({ who: { asks: () => ({ ...viewer({}), roles: ['systemAdmin'] }) } });
    server = await aLiveApp(services);
    expect(await refusal(aScreen({ lastSeq: 0, regions: [] }).screen)).toBe('sign_in');
  });
});

test('closing says goodbye to every screen and stops listening', async () => {
  const services = fakeServices();
  server = await aLiveApp(services);
  const screens = upTo(5).map(() => aScreen({ lastSeq: 0, regions: [] }));
  await until(() => screens.every(({ screen }) => screen.connected));
  expect(await server.app.metrics.text()).toContain('wenbida_live_screens 5');
  await server.gateway.close();
  await server.app.close();
  await until(() => screens.every(({ screen }) => !screen.connected));
  expect(services.listening()).toBe(0);
});
