import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FilePreview, FileState } from '../../../server/contract/files.ts';
import { fileDesk } from '../../../server/file-desk.ts';
import { openFrontDoor, type FrontDoor } from '../../../server/front-door.ts';
import { openMappingBook } from '../../../server/mapping-book.ts';
import { Uploads } from '../../../server/uploads.ts';
import { anHttpApp } from '../../seeds/http.ts';
import { fakeServices } from '../../seeds/services.ts';
import { workbook } from '../../seeds/workbook.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const MB = 1024 * 1024;
const HOTLINE =
  '单号,说的事,何时,来电人,电话\n' +
  'T1,"东关停水三天，请打13812345678",2026-11-20 08:00,王某某,13812345678\n' +
  'T2,西街路灯坏了,2026-11-20 09:00,李某某,13912345678\n' +
  'T3,,2026-11-20 10:00,赵某某,13712345678\n';
const DRAWN = {
  name: '我们的热线',
  platform: '12345',
  kind: 'post',
  columns: { id: ['单号'], text: ['说的事'], time: ['何时'] },
};

let dir: string;
let front: FrontDoor;
let app: FastifyInstance;
let uploads: Uploads;
let now: number;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-files-'));
  now = NOW;
  const clock = { now: () => now };
  front = openFrontDoor(dir, clock);
  uploads = new Uploads(join(dir, 'uploads'), clock, 2 * MB);
  const files = fileDesk({
    ...{ uploads, clock, mappings: await openMappingBook(dir) },
    accept: (...given) => front.intake.accept(...given),
    wake: () => undefined,
    log: { warn: () => undefined },
  });
  app = await anHttpApp({ services: fakeServices({ door: { files } }) });
});
afterEach(async () => {
  await app.close();
  await front.close();
  rmSync(dir, { recursive: true, force: true });
});

const host = { host: 'localhost:8080' };
const bring = (name: string, bytes: string | Buffer, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/files?name=${encodeURIComponent(name)}`,
    headers: { ...host, 'content-type': 'application/octet-stream', ...headers },
    payload: bytes,
  });
const brought = async (name: string, bytes: string | Buffer) => (await bring(name, bytes)).json<FilePreview>();
const post = (path: string, body: unknown) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/files/${path}`,
    headers: { ...host, 'content-type': 'application/json' },
    payload: JSON.stringify(body),
  });
async function imported(id: string, body: object): Promise<FileState> {
  expect((await post('import', { id, ...body })).statusCode).toBe(200);
  for (;;) {
    const state = (await app.inject({ url: `/api/v1/files/${id}`, headers: host })).json<FileState>();
    if (state.state !== 'importing') return state;
    await new Promise((again) => setTimeout(again, 5));
  }
}
const lying = (): string[] =>
  existsSync(join(dir, 'uploads'))
    ? readdirSync(join(dir, 'uploads'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name] : [],
      )
    : [];

describe('a file brought on the page', () => {
  test('is recognised, shown, taken in, and gone from the disk', async () => {
    const line = (id: number) =>
      JSON.stringify({ id: `p${id}`, text: `第${id}天停水`, time: '2026-11-20T08:00:00+08:00', platform: 'weibo' });
    const seen = await brought('县里.jsonl', Array.from({ length: 30 }, (_, at) => line(at)).join('\n'));
    expect(seen).toMatchObject({ name: '县里.jsonl', detected: { format: 'canonical' }, because: null, columns: [] });
    expect([seen.rows.length, seen.rows[0]?.post?.text, lying()]).toEqual([20, '第0天停水', ['县里.jsonl']]);
    expect(front.inbox.last()).toBe(0);
    expect(await imported(seen.id, { source: '县里' })).toMatchObject({ state: 'done', accepted: 30, rejected: 0 });
    expect([front.inbox.last(), lying()]).toEqual([30, []]);
    expect(front.door.book.list()).toMatchObject([{ name: '县里', way: 'file' }]);
  });

  test('of columns nobody knows is drawn onto fields once; the next one like it is recognised', async () => {
    const seen = await brought('热线.csv', HOTLINE);
    expect(seen).toMatchObject({ detected: null, rows: [], because: expect.stringContaining('缺少') as string });
    expect(seen.because).not.toContain(dir);
    expect(seen.columns).toEqual([
      { name: '单号', cells: ['T1', 'T2', 'T3'] },
      { name: '说的事', cells: ['东关停水三天，请打138********', '西街路灯坏了'] },
      { name: '何时', cells: ['2026-11-20 08:00', '2026-11-20 09:00', '2026-11-20 10:00'] },
      { name: '来电人', cells: [] },
      { name: '电话', cells: [] },
    ]);
    const drawn = (await post('preview', { id: seen.id, mapping: DRAWN })).json<FilePreview>();
    expect(drawn.rows.map(({ post: read, because }) => read?.text ?? because)).toEqual([
      '东关停水三天，请打138********',
      '西街路灯坏了',
      expect.stringContaining('text') as string,
    ]);
    expect(drawn.rows[0]?.repaired).not.toEqual([]);
    expect(JSON.stringify(drawn)).not.toMatch(/王某某|13812345678/);
    const done = await imported(seen.id, { source: '热线', mapping: DRAWN, save: true });
    expect(done).toMatchObject({ state: 'done', accepted: 2, rejected: 1 });
    expect(readdirSync(join(dir, 'sources'))).toEqual(['我们的热线.json']);
    const next = await brought(
      '下周.xlsx',
      workbook({
        一: [
          ['单号', '说的事', '何时'],
          ['T9', '积水', '2026-11-21 08:00'],
        ],
      }),
    );
    expect(next).toMatchObject({ detected: { format: 'mapping' }, rows: [{ post: { text: '积水' } }] });
  });

  test('drawn wrongly is told what is wrong, and nothing is taken', async () => {
    const { id } = await brought('热线.csv', HOTLINE);
    const answer = await post('import', { id, source: '热线', mapping: { ...DRAWN, columns: { id: ['单号'] } } });
    expect(answer.json()).toMatchObject({
      error: { code: 'invalid_mapping', message: expect.stringContaining('text') as string },
    });
    expect([front.inbox.last(), lying()]).toEqual([0, ['热线.csv']]);
    expect((await post('drop', { id })).json()).toEqual({ dropped: 1 });
    expect([lying(), (await post('preview', { id })).statusCode]).toEqual([[], 404]);
  });

  test.each([
    ['../../etc/passwd.csv', 'passwd.csv'],
    ['C:\\数据\\热线.csv', '热线.csv'],
    ['...', 'file'],
  ])('called %s lies in its own folder as %s', async (name, kept) => {
    expect((await brought(name, HOTLINE)).name).toBe(kept);
    expect(lying()).toEqual([kept]);
  });

  test('too large is refused while it comes, and nothing of it stays', async () => {
    const answer = await bring('large.jsonl', Buffer.alloc(2 * MB + 1, ' '));
    expect([answer.statusCode, lying()]).toEqual([413, []]);
    expect(answer.json()).toMatchObject({ error: { message: expect.stringContaining('wenbida import') as string } });
  });

  test('that can not be read says why; a page of another site brings none', async () => {
    const seen = await brought('旧.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    expect([seen.detected, seen.rows, seen.because === null]).toEqual([null, [], false]);
    expect((await bring('a.csv', HOTLINE, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await bring('a.csv', HOTLINE, { 'content-type': 'text/csv' })).statusCode).toBe(415);
  });

  test('waits for an hour at most, at most eight at a time, and not over a restart', async () => {
    for (let at = 0; at < 8; at++) await brought(`${at}.csv`, HOTLINE);
    expect((await bring('9.csv', HOTLINE)).statusCode).toBe(413);
    now += 3_600_001;
    expect((await brought('9.csv', HOTLINE)).name).toBe('9.csv');
    expect(lying()).toEqual(['9.csv']);
    mkdirSync(join(dir, 'uploads', 'left'));
    writeFileSync(join(dir, 'uploads', 'left', 'old.csv'), HOTLINE);
    await uploads.clear();
    expect(lying()).toEqual([]);
  });
});
