import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp, type App } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { LetterRow, SourcesPage } from '../../server/contract/sources.ts';
import type { FoundPostsBody } from '../../server/contract/http.ts';
import { addToken } from '../../server/http/tokens.ts';
import { until } from './running-app.ts';

/** Recognisable, and nobody's: ids no platform gives, numbers no office assigns. */
const CANARIES = [
  '5087341290417',
  'CANARYcreator77',
  '13800002222',
  '410399199002300017',
  '豫C9Z8Y7',
  'canary_wx_2026',
];
const [UID, CREATOR, PHONE, ID_CARD, PLATE, WECHAT] = CANARIES as [string, string, string, string, string, string];
const DAY = 86_400_000;
const START = Date.parse('2026-11-20T13:00:00Z');

let dir: string;
let now: number;
let app: App;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-canary-'));
  now = START;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const post = (id: string) => ({
  id,
  platform: 'weibo',
  text: `洛龙区停水，${id}家电话${PHONE}，身份证${ID_CARD.slice(0, 17)}1，车${PLATE}，微信${WECHAT}`,
  url: `https://weibo.com/${UID.slice(0, 10)}/N${id}abcdef`,
  time: new Date(START - 60_000).toISOString(),
  author: { key: UID },
});

test('posts come in by every way, are indexed and grow old: no file holds an id or a number that leads to a person', async () => {
  const token = addToken(join(dir, 'tokens.json'), '推送');
  app = await createApp({
    config: readConfig({ WENBIDA_VAR: dir, WENBIDA_PORT: '0', WENBIDA_HOME: '410300' }),
    clock: { now: () => now },
    threads: 1,
  });
  const url = await app.listen();
  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${url}/api/v1/${path}`)).json()) as T;

  const pushed = await fetch(`${url}/api/v1/posts`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body: `${JSON.stringify(post('a1'))}\n{"id":"bad","user_id":"${UID}","creator_hash":"${CREATOR}","text":"打${PHONE}"}\n{"id":"${UID}`,
  });
  expect(await pushed.json()).toMatchObject({ accepted: 1, rejected: 2 });

  const crawled = await pushByGet(url, token, {
    user: { id: Number(UID), screen_name: CREATOR, verified_type: -1 },
    weibo: [
      {
        ...{ id: 4891234567890123, bid: 'Nb2abcdef', user_id: Number(UID), screen_name: CREATOR },
        ...{ text: post('b2').text, created_at: '2026-11-20T20:59:00', full_created_at: '2026-11-20 20:59:00' },
        ...{ attitudes_count: 1, comments_count: 2, reposts_count: 3, source: 'x', topics: '停水', location: '' },
      },
    ],
  });
  expect(crawled).toMatchObject({ status: 200, body: { accepted: 1 } });

  const folder = mkdtempSync(join(tmpdir(), 'wenbida-canary-in-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'c.jsonl'), `${JSON.stringify(post('c3'))}\n`);
  app.front.door.book.add({ name: '文件夹', way: 'folder', place: folder, caps: [], createdAt: now, paused: false });
  await until(async () =>
    (await get<SourcesPage>('sources/page')).sources.some((row) => row.accepted > 0 && row.way === 'folder'),
  );
  await app.flow.drained();

  const shown = await get<FoundPostsBody>('posts');
  expect(shown.posts).toHaveLength(3);
  const letters = await get<LetterRow[]>('dead-letters');
  expect(letters).toHaveLength(2);
  const page = JSON.stringify([shown, letters, await get('sources/page'), await get('incidents')]);
  for (const canary of CANARIES) expect(page, canary).not.toContain(canary);
  expect((await get<FoundPostsBody>(`posts?q=${PHONE}`)).total).toBe(0);

  now += 31 * DAY;
  await until(async () => Date.parse((await get<SourcesPage>('sources/page')).retention.maskedUpTo ?? '') > START);
  await app.close();
  rmSync(folder, { recursive: true, force: true });
  const found = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return CANARIES.filter((canary) => bytes.includes(canary)).map((canary) => `${name}: ${canary}`);
    });
  expect(found).toEqual([]);
});

/** As weibo-crawler does it: fetch refuses a body on GET. */
function pushByGet(url: string, token: string, body: unknown): Promise<{ status: number | undefined; body: unknown }> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const ask = request(
      `${url}/api/v1/weibo-crawler`,
      {
        method: 'GET',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'api-token': token },
      },
      (answer) => {
        let said = '';
        answer.setEncoding('utf8').on('data', (part: string) => (said += part));
        answer.on('end', () => resolve({ status: answer.statusCode, body: JSON.parse(said) as unknown }));
      },
    );
    ask.on('error', reject);
    ask.end(text);
  });
}
