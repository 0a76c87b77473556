import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regionCode } from '../../pipelines/domain/region.ts';
import { openPeople } from '../../server/adapters/people/sqlite-people.ts';
import { pastDrill } from '../../server/cli/drill.ts';
import { readConfig } from '../../server/config.ts';
import type { IncidentRow } from '../../server/contract/http.ts';
import type { MapBody, WallBody } from '../../server/contract/wall.ts';
import { hashOf, newToken } from '../../server/people/secret.ts';
import { EVENING, everydayTalk, HOUR, MINUTE, runApp, type RunningApp } from './running-app.ts';

/** Pleas for a life, so that one post is an incident: two in one county, one in the county beside it. */
const PLEAS = [
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，看到的请打110',
  '嵩县德亭镇河边我看见一个老人落水了，抓着木桩，快来人啊',
  '汝阳县付店镇河边有孩子溺水，大人不会游泳，快来人啊',
];
const OWN = '410325';
const BESIDE = '410326';
const square = (x: number): number[][] => [
  [x, 34],
  [x + 1, 34],
  [x + 1, 35],
  [x, 35],
  [x, 34],
];

describe('the wall of one region', () => {
  let dir: string;
  let running: RunningApp;
  let display: string;
  const session = newToken();

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'story-wall-'));
    display = newToken();
    const people = openPeople(join(dir, 'people.sqlite'));
    people.displays.add(hashOf(display), { name: '嵩县大厅', region: regionCode(OWN), createdAt: EVENING });
    // Somebody who sees everything; from the first person on everybody has to say who they are.
    people.people.add({
      ...{ id: 'anlan', name: '安岚', roles: ['responder'], regions: 'all', account: null },
      ...{ enabled: true, createdAt: EVENING, grantedAlone: false },
    });
    people.sessions.open(hashOf(session), { person: 'anlan', openedAt: EVENING + HOUR, seenAt: EVENING + HOUR });
    people.close();
    writeFileSync(
      join(dir, 'map.geojson'),
      JSON.stringify({
        type: 'FeatureCollection',
        features: [OWN, BESIDE, '410325103'].map((adcode, at) => ({
          type: 'Feature',
          properties: { adcode },
          geometry: { type: 'Polygon', coordinates: [square(111 + at)] },
        })),
      }),
    );
    running = await runApp({
      dir,
      now: EVENING + HOUR,
      env: { WENBIDA_MAP: join(dir, 'map.geojson'), WENBIDA_MAP_NUMBER: '豫S(2026年)演练001号' },
    });
    await running.post(everydayTalk(60));
    await running.post(PLEAS.map((text, at) => ({ id: `plea-${at}`, text, at: EVENING + at * 10 * MINUTE })));
    await running.app.flow.drained();
  });
  afterAll(async () => {
    await running.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const asked = async <T>(path: string, token?: string): Promise<{ status: number; body: T }> => {
    const answer = await fetch(`${running.url}/api/v1/${path}`, {
      headers: token === undefined ? { cookie: `wenbida=${session}` } : { 'x-wenbida-display': token },
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const incidents = async (): Promise<IncidentRow[]> => (await asked<IncidentRow[]>('incidents')).body;
  const act = async (id: string, body: object): Promise<number> =>
    (
      await fetch(`${running.url}/api/v1/incidents/${id}/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `wenbida=${session}` },
        body: JSON.stringify(body),
      })
    ).status;
  const codes = (body: WallBody): string[] => body.pulse.tiles.map(({ code }) => code);

  test('goes from the province down to the county and its streets, each with its own counts', async () => {
    const province = (await asked<WallBody>('wall?region=410000')).body;
    expect(codes(province)).toContain('410300');
    expect(province.path.map(({ name }) => name)).toEqual(['河南省']);
    const city = (await asked<WallBody>('wall?region=410300')).body;
    expect(codes(city)).toContain(OWN);
    const county = (await asked<WallBody>(`wall?region=${OWN}`)).body;
    expect(county.path.map(({ code }) => code)).toEqual(['410000', '410300', OWN]);
    expect(codes(county)).toContain('410325103');
    expect(county.pulse.tiles.filter(({ posts }) => posts === 1)).toHaveLength(1);
    const sum = (body: WallBody): number => body.pulse.day.reduce((all, { posts }) => all + posts, 0);
    expect(sum(county)).toBeLessThan(sum(city));
    const street = (await asked<WallBody>('wall?region=410325103')).body;
    expect(street.pulse.tiles.map(({ code }) => code)).toEqual(['410325103']);
  });

  test('a place that is none is no region', async () => {
    expect((await asked('wall?region=419999')).status).toBe(404);
    expect((await asked('wall?region=4103')).status).toBe(400);
  });

  test('the map has the shapes right below the region, with its 审图号', async () => {
    const { body } = await asked<MapBody>('wall/map?region=410300');
    expect(body.number).toBe('豫S(2026年)演练001号');
    expect(body.shapes.map(({ code }) => code)).toEqual([OWN, BESIDE]);
    expect((await asked<WallBody>('wall')).body.map).toEqual({ number: body.number, unmatched: [], shapes: 2 });
    expect((await asked<WallBody>(`wall?region=${OWN}`)).body.map?.shapes).toBe(1);
  });

  test('an open hand-off is told by unit, and only where its incident is seen', async () => {
    const own = (await incidents()).find(({ region }) => region?.startsWith(OWN)) as IncidentRow;
    const account = own.suggestion?.then[0]?.account ?? own.suggestion?.first;
    expect(await act(own.id, { expected: own.file?.seq, act: { act: 'assigned', account, mode: 'assign' } })).toBe(200);
    const { handoffs } = (await asked<WallBody>('wall')).body;
    expect(handoffs).toMatchObject([{ ages: [1, 0, 0], late: 0, incidents: [own.id] }]);
    expect((await asked<WallBody>(`wall?region=${BESIDE}`)).body.handoffs).toEqual([]);
  });

  test('a screen of one county never sees outside it, whatever it asks for', async () => {
    for (const region of ['', '?region=410300', '?region=410000', `?region=${OWN}`]) {
      const { status, body } = await asked<WallBody>(`wall${region}`, display);
      expect(status).toBe(200);
      expect(body.pulse.home.code).toBe(OWN);
      expect(codes(body).every((code) => code.startsWith(OWN))).toBe(true);
      expect(body.path.every(({ code }) => code.startsWith(OWN))).toBe(true);
      const map = await asked<MapBody>(`wall/map${region}`, display);
      expect(map.body.shapes.map(({ code }) => code)).toEqual(['410325103']);
    }
    expect((await asked(`wall?region=${BESIDE}`, display)).status).toBe(404);
    expect((await asked(`wall/map?region=${BESIDE}`, display)).status).toBe(404);
    expect((await asked<IncidentRow[]>('incidents', display)).body.every(({ region }) => region?.startsWith(OWN))).toBe(
      true,
    );
  });

  test('a past incident becomes a drill once it is over: its posts and the day before, nobody’s name, nothing left behind', async () => {
    const config = readConfig({ WENBIDA_VAR: dir, WENBIDA_HOME: '410300' });
    const about = (await incidents()).find(({ region }) => region?.startsWith(BESIDE)) as IncidentRow;
    expect(await pastDrill(config, 'nowhere')).toMatch(/没有编号为“nowhere”的事件/u);
    expect(await pastDrill(config, about.id)).toMatch(/还没有平息也没有办结/u);
    const why = '演练用的旧事';
    const seq = about.file?.seq ?? 0;
    expect(await act(about.id, { expected: seq, why, act: { act: 'acknowledged' } })).toBe(200);
    expect(await act(about.id, { expected: seq + 1, why, act: { act: 'closed', outcome: 'withdrawn' } })).toBe(200);
    await running.app.flow.drained();

    const before = readdirSync(dir).sort();
    const drill = await pastDrill(config, about.id);
    if (typeof drill === 'string') throw new Error(drill);
    expect(drill).toMatchObject({ title: about.title, home: '410300', past: about.firstPostAt });
    const texts = drill.during.map(({ value }) => (value as { text: string }).text);
    expect(texts.some((text) => text.includes('付店镇'))).toBe(true);
    expect(drill.earlier.length + drill.during.length).toBeGreaterThan(1);
    expect(JSON.stringify([drill.earlier, drill.during])).not.toContain('author-of-');
    expect(drill.office?.accounts.length).toBeGreaterThan(0);
    expect(readdirSync(dir).sort()).toEqual(before);
    expect(existsSync(join(dir, 'drill'))).toBe(false);
  });
});
