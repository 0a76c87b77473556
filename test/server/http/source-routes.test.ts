import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFrontDoor, type FrontDoor } from '../../../server/front-door.ts';
import { readTokens } from '../../../server/http/tokens.ts';
import { sourceDesk } from '../../../server/source-desk.ts';
import { silenceEventRow } from '../../../server/sources-page.ts';
import { anHttpApp } from '../../seeds/http.ts';
import { AT, fakeServices } from '../../seeds/services.ts';

const SIGNED = { who: '王值班', why: '换了采集器' };
const NOW = Date.parse(AT);
let dir: string;
let front: FrontDoor;
let app: FastifyInstance;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-source-routes-'));
  const clock = { now: () => NOW };
  front = openFrontDoor(dir, clock);
  const { book } = front.door;
  const desk = sourceDesk({ front, clock, tokenFile: join(dir, 'tokens.json'), named: new Set() });
  const silences = (after: number, limit: number) => book.silenceEvents(after, limit).map(silenceEventRow);
  app = await anHttpApp({ services: fakeServices({ door: { desk, silences } }) });
});
afterEach(async () => {
  await app.close();
  await front.close();
  rmSync(dir, { recursive: true, force: true });
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/sources/${path}`,
    headers: { host: 'localhost:8080', 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
const listed = () => front.door.book.list();

describe('a source on the page', () => {
  test('is made with its token, told better, paused and taken up again', async () => {
    const made = (await post('describe', { name: '县里', cadence: 600, region: '410300', caps: ['50 页'] })).json<{
      fresh: boolean;
      token: string;
    }>();
    expect([made.fresh, readTokens(join(dir, 'tokens.json')).sourceOf(made.token)]).toEqual([true, '县里']);
    expect((await post('describe', { name: '县里', cadence: null, region: '410311' })).json()).toEqual({
      fresh: false,
    });
    const [about] = listed();
    expect(about).toMatchObject({ way: 'http', region: '410311', caps: ['50 页'], paused: false });
    expect(about).not.toHaveProperty('cadenceMs');
    for (const paused of [true, false]) {
      expect((await post('pause', { name: '县里', paused })).statusCode).toBe(200);
      expect(listed()[0]?.paused).toBe(paused);
    }
  });

  test('gets a new token, or is removed, only by somebody who says who and why', async () => {
    const first = (await post('describe', { name: '县里' })).json<{ token: string }>().token;
    expect((await post('token', { name: '县里' })).statusCode).toBe(400);
    const { token, struck } = (await post('token', { name: '县里', ...SIGNED })).json<{
      token: string;
      struck: number;
    }>();
    const tokens = readTokens(join(dir, 'tokens.json'));
    expect([struck, tokens.sourceOf(first), tokens.sourceOf(token)]).toEqual([1, undefined, '县里']);
    expect((await post('remove', { name: '县里', who: '', why: '' })).statusCode).toBe(400);
    expect((await post('remove', { name: '县里', ...SIGNED })).json()).toEqual({ dropped: 1 });
    expect([listed(), readTokens(join(dir, 'tokens.json')).count('县里')]).toEqual([[], 0]);
    expect(front.door.accesses.list(9).map(({ who, subject }) => [who, subject])).toEqual([
      ['王值班', 'remove 县里'],
      ['王值班', 'rotate 县里'],
    ]);
  });

  test.each([
    [{ name: '', way: 'http' }, 'body'],
    [{ name: '../x' }, 'body/name'],
    [{ name: '通知', way: 'feed' }, 'body/place'],
    [{ name: '通知', way: 'feed', place: 'http://169.254.169.254/latest' }, 'body/place'],
    [{ name: '通知', way: 'feed', place: 'http://127.0.0.1:8080/' }, 'body/place'],
    [{ name: '通知', way: 'feed', place: 'https://gov.example/', every: 5 }, 'body/every'],
    [{ name: '文件夹', way: 'folder', place: '/etc' }, 'body/way'],
    [{ name: '县里', region: '4103' }, 'body/region'],
    [{ name: '县里', cadence: 0.5 }, 'body/cadence'],
    [{ name: '县里', format: 'sql' }, 'body/format'],
  ])('%j is refused, the place is named, and nothing is made', async (body, where) => {
    const answer = await post('describe', body);
    expect([answer.statusCode, listed()]).toEqual([400, []]);
    expect(answer.json<{ error: { where?: string } }>().error.where).toContain(where);
  });

  test('nobody knows is said so, and pages of other sites act on none', async () => {
    for (const [path, body] of [
      ['pause', { name: '没有', paused: true }],
      ['remove', { name: '没有', ...SIGNED }],
    ] as const)
      expect((await post(path, body)).json()).toMatchObject({ error: { code: 'no_source' } });
    for (const path of ['describe', 'pause', 'remove', 'token'])
      expect((await post(path, {}, { origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});

test('silences are read on from the last number, beginnings and ends', async () => {
  const { book } = front.door;
  book.add({ name: '县里', way: 'http', caps: [], createdAt: NOW, paused: false });
  book.fallSilent({ source: '县里', since: NOW, noticedAt: NOW + 60_000, usualMs: 30_000 });
  book.endSilence('县里', NOW + 120_000);
  const read = async (query: string) =>
    (await app.inject({ url: `/api/v1/sources/silences${query}`, headers: { host: 'localhost:8080' } })).json<
      { seq: number; event: string; at: string; source: string; usual: number }[]
    >();
  const [began, ended] = await read('');
  expect(began).toMatchObject({ event: 'silent', source: '县里', usual: 30, at: new Date(NOW + 60_000).toISOString() });
  expect(await read(`?after=${began?.seq ?? 0}`)).toEqual([ended]);
  expect(ended).toMatchObject({ event: 'ended', at: new Date(NOW + 120_000).toISOString() });
  expect(await read(`?after=${ended?.seq ?? 0}`)).toEqual([]);
});
