import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HitRow, WatchAsk, WatchPage, WatchRow, WatchTest } from '../../server/contract/watches.ts';
import { EVENING, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const QUERY: WatchAsk['query'] = {
  all: ['停水'],
  any: [],
  none: [],
  regions: [],
  needs: [],
  duties: [],
  kinds: [],
  rung: null,
};
const aWatch = (given: Partial<WatchAsk> = {}): WatchAsk => ({
  name: '涧西停水',
  query: QUERY,
  open: { posts: 3, minutes: 10 },
  close: { posts: 1, minutes: 60 },
  quiet: null,
  channel: '值班群',
  paused: false,
  expected: 0,
  why: '供暖季前后',
  ...given,
});

const TEXTS = [
  '涧西区珠江路停水了，洗漱都成问题',
  '下班回家发现涧西又停水，物业说不知道',
  '涧西区武汉路这边也停水，没人通知',
  '今天涧西的晚霞真好看，骑车回家',
];

describe('a standing watch', () => {
  let dir: string;
  let app: RunningApp;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-watch-story-'));
    app = await runApp({ dir });
  });
  afterEach(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const send = async <T>(method: string, path: string, body: unknown): Promise<{ status: number; body: T }> => {
    const answer = await fetch(`${app.url}/api/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const complain = (from = 0): Promise<unknown> =>
    app.post(
      TEXTS.map((text, n) => ({
        id: `p${from}-${n}`,
        text: `${text}${'！'.repeat(from)}`,
        at: EVENING + (from + n) * MINUTE,
      })),
    );
  const hits = (after = 0): Promise<HitRow[]> => app.get<HitRow[]>(`watches/hits?after=${after}`);

  test('opens at the third post, tells screens and its channel, and stands open on its page', async () => {
    const told: string[] = [];
    app.app.history.onHit((hit, watch) => told.push(`${watch.channel}: ${watch.name} ${hit.event}`));
    const screen = await app.screen(0);
    const seen: HitRow[] = [];
    screen.socket.on('watchHit', (row) => seen.push(row));
    const { body: watch } = await send<WatchRow>('POST', 'watches', aWatch());
    expect(watch).toMatchObject({ version: 1, by: '本机', why: '供暖季前后', openedAt: null });

    await complain();
    await until(async () => (await hits()).length > 0);
    const [hit] = await hits();
    expect(hit).toMatchObject({ seq: 1, event: 'opened', name: '涧西停水', count: 3, channel: '值班群' });
    expect(hit!.at).toBe(new Date(EVENING + 2 * MINUTE).toISOString());
    expect(hit!.posts).toHaveLength(3);
    expect(await hits(1)).toEqual([]);
    await until(() => seen.length > 0);
    expect(seen).toEqual([hit]);
    expect(told).toEqual(['值班群: 涧西停水 opened']);
    const page = await app.get<WatchPage>('watches');
    expect(page.watches[0]).toMatchObject({ openedAt: hit!.openedAt, count: 3, hits: [{ seq: 1 }] });
  });

  test('goes on where it stood after the server was started again, and hits once', async () => {
    await send('POST', 'watches', aWatch());
    await app.post([{ id: 'a', text: TEXTS[0]!, at: EVENING }]);
    await app.app.flow.drained();
    await app.close();
    app = await runApp({ dir });
    await app.post([
      { id: 'b', text: TEXTS[1]!, at: EVENING + MINUTE },
      { id: 'c', text: TEXTS[2]!, at: EVENING + 2 * MINUTE },
    ]);
    await until(async () => (await hits()).length > 0);
    await app.close();
    app = await runApp({ dir });
    await app.app.flow.drained();
    expect(await hits()).toHaveLength(1);
  });

  test('the trial says what it would have matched and when it would have opened', async () => {
    await complain();
    await app.app.flow.drained();
    const { query, open, close } = aWatch();
    const { body } = await send<WatchTest>('POST', 'watches/test', { query, open, close });
    expect(body).toMatchObject({ total: 3, atLeast: false, words: { all: ['停水'] } });
    expect(body.days.map(({ posts }) => posts)).toEqual([0, 0, 0, 0, 0, 0, 3]);
    expect(body.openings).toEqual([{ at: new Date(EVENING + 2 * MINUTE).toISOString(), closedAt: null, count: 3 }]);
    expect(body.posts.map(({ text }) => text)).toHaveLength(3);
  });

  test('is changed by version, deleted and brought back, and says who did what and why', async () => {
    const { body: first } = await send<WatchRow>('POST', 'watches', aWatch());
    const path = `watches/${first.id}`;
    const changed = await send<WatchRow>('PUT', path, aWatch({ expected: 1, paused: true, why: '演练期间' }));
    expect(changed.body).toMatchObject({ version: 2, paused: true });
    const late = await send<{ meanwhile: WatchRow }>('PUT', path, aWatch({ expected: 1, name: '迟了' }));
    expect(late).toMatchObject({ status: 409, body: { meanwhile: { version: 2 } } });
    expect((await send('DELETE', path, { expected: 2 })).status).toBe(200);
    expect((await app.get<WatchPage>('watches')).watches).toEqual([]);
    expect((await send<WatchRow>('POST', `${path}/restore`, { expected: 3 })).body).toMatchObject({ version: 4 });
    const versions = await app.get<{ version: number; why: string; deleted: boolean }[]>(`${path}/versions`);
    expect(versions.map(({ version, why, deleted }) => [version, why, deleted])).toEqual([
      [4, '', false],
      [3, '', true],
      [2, '演练期间', false],
      [1, '供暖季前后', false],
    ]);
  });

  test('what would take every post, or closes above where it opens, is refused with the reason', async () => {
    const empty = await send<{ error: { message: string } }>(
      'POST',
      'watches',
      aWatch({ query: { ...QUERY, all: ['！'] } }),
    );
    expect(empty).toMatchObject({
      status: 400,
      body: { error: { message: '至少要有一个词、地点、诉求、主管或帖文种类' } },
    });
    const above = await send('POST', 'watches', aWatch({ close: { posts: 9, minutes: 60 } }));
    expect(above.status).toBe(400);
    expect((await send('POST', 'watches', { ...aWatch(), surprise: 1 })).status).toBe(400);
    expect((await send('PUT', 'watches/none', aWatch({ expected: 1 }))).status).toBe(404);
  });
});
