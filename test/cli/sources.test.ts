import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { main } from '../../server/cli/main.ts';
import { openFrontDoor, type FrontDoor } from '../../server/front-door.ts';
import { readTokens } from '../../server/http/tokens.ts';

const SETTINGS = ['WENBIDA_VAR', 'WENBIDA_FEED_HOSTS'] as const;
let dir: string;
let before: (string | undefined)[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-sources-'));
  before = SETTINGS.map((name) => process.env[name]);
  process.env.WENBIDA_VAR = dir;
  delete process.env.WENBIDA_FEED_HOSTS;
});
afterEach(() => {
  SETTINGS.forEach((name, at) => {
    const value = before[at];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  });
  rmSync(dir, { recursive: true, force: true });
});

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; said: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const texts = [stdout, stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  });
  stdin.end();
  const code = await main(argv, { stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  const [out = '', said = ''] = await Promise.all(texts);
  return { code, out, said };
}
const listed = async (): Promise<Record<string, unknown>[]> =>
  (await run('source', 'list')).out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const filesHolding = (words: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(words, 0, 'utf8'))
    .map(({ name }) => name);
async function withFront<T>(work: (front: FrontDoor) => T | Promise<T>): Promise<T> {
  const front = openFrontDoor(dir, systemClock);
  try {
    return await work(front);
  } finally {
    await front.close();
  }
}

describe('source add', () => {
  test('gives a pushed source a token, shown once and kept as a hash only', async () => {
    const { code, out } = await run(
      'source',
      'add',
      '县里',
      '--cadence',
      '10m',
      '--region',
      '410300',
      '--cap',
      '50 页',
    );
    const token = out.trim();
    expect([code, token.length > 20]).toEqual([0, true]);
    expect(filesHolding(token)).toEqual([]);
    expect(await listed()).toMatchObject([
      { name: '县里', way: 'http', cadenceMs: 600_000, region: '410300', caps: ['50 页'], tokens: 1, lastSeen: null },
    ]);
    expect((await run('source', 'add', '县里', '--cadence', '1h')).out).toBe('');
    expect(await listed()).toMatchObject([{ cadenceMs: 3_600_000, tokens: 1 }]);
  });

  test('takes a feed with its interval, gives it no token, and changes it only by --feed', async () => {
    const url = 'https://gov.example/rss.xml?key=1';
    expect(await run('source', 'add', '通知', '--feed', url)).toMatchObject({ code: 0, out: '' });
    expect(await listed()).toMatchObject([{ way: 'feed', place: url, everyMs: 900_000, usualMs: 900_000, tokens: 0 }]);
    expect((await run('source', 'add', '通知', '--feed', url, '--every', '2h')).code).toBe(0);
    expect(await listed()).toMatchObject([{ everyMs: 7_200_000 }]);
    expect(await run('source', 'add', '通知', '--cadence', '1h')).toMatchObject({ code: 2, out: '' });
    await run('source', 'add', '推送');
    expect((await run('source', 'add', '推送', '--feed', url)).said).toContain('不是订阅源');
  });

  test('of a name that is there changes what is said and keeps the rest', async () => {
    await run('source', 'add', '街道', '--way', 'folder', '--place', dir, '--cap', '只有街道', '--region', '410300');
    expect((await run('source', 'add', '街道', '--cadence', '1h')).code).toBe(0);
    const kept = { way: 'folder', place: dir, caps: ['只有街道'], region: '410300', cadenceMs: 3_600_000, tokens: 0 };
    expect(await listed()).toMatchObject([kept]);
    expect(await run('source', 'add', '街道', '--way', 'http')).toMatchObject({ code: 2, out: '' });
    expect(await listed()).toMatchObject([kept]);
    await run('source', 'add', '通知', '--feed', 'https://gov.example/rss.xml');
    expect((await run('source', 'add', '通知', '--every', '2h')).code).toBe(0);
    expect((await listed())[1]).toMatchObject({ place: 'https://gov.example/rss.xml', everyMs: 7_200_000 });
  });

  test('takes a feed inside the own network only where the configuration names its host', async () => {
    const add = () => run('source', 'add', '内网', '--feed', 'http://127.0.0.1:1200/weibo');
    expect(await add()).toMatchObject({ code: 2, said: expect.stringContaining('WENBIDA_FEED_HOSTS') as string });
    process.env.WENBIDA_FEED_HOSTS = '127.0.0.1:1200';
    expect((await add()).code).toBe(0);
  });

  test.each([
    [['--way', 'mail'], '--way'],
    [['--way', 'folder'], '--place'],
    [['--way', 'feed'], '--feed'],
    [['--cadence', 'often'], '--cadence'],
    [['--every', '5m'], '--every'],
    [['--region', '4103'], '--region'],
    [['--feed', 'ftp://gov.example/'], 'http'],
    [['--feed', 'http://a:b@gov.example/'], '密码'],
    [['--feed', 'https://gov.example/', '--every', '30s'], '1m'],
    [['--feed', 'https://gov.example/', '--cadence', '1h'], '--every'],
    [['--feed', 'https://gov.example/', '--format', 'xml'], '--format'],
  ])('refuses %j in one sentence and makes nothing', async (flags, says) => {
    const { code, said } = await run('source', 'add', '某源', ...flags);
    expect([code, said.trim().split('\n').length]).toEqual([2, 1]);
    expect(said).toContain(says);
    expect(await listed()).toEqual([]);
  });
});

describe('a source that is there', () => {
  test('is paused and taken up again, its token changed and struck, and removed with what is left of it', async () => {
    const first = (await run('source', 'add', '县里')).out.trim();
    await run('source', 'pause', '县里');
    expect(await listed()).toMatchObject([{ paused: true }]);
    await run('source', 'resume', '县里');
    expect(await listed()).toMatchObject([{ paused: false }]);
    const second = (await run('source', 'rotate', '县里')).out.trim();
    const tokens = readTokens(join(dir, 'tokens.json'));
    expect([tokens.sourceOf(first), tokens.sourceOf(second)]).toEqual([undefined, '县里']);
    expect((await run('source', 'strike', '县里')).code).toBe(0);
    expect(readTokens(join(dir, 'tokens.json')).count('县里')).toBe(0);
    expect((await run('source', 'remove', '县里')).code).toBe(0);
    expect(await listed()).toEqual([]);
  });

  test.each(['pause', 'resume', 'remove', 'strike'])('%s of a name nobody knows is said', async (word) => {
    expect(await run('source', word, '没有的')).toMatchObject({
      code: 2,
      said: expect.stringContaining('没有的') as string,
    });
  });
});

describe('erase', () => {
  const WHO = ['--who', '李某', '--why', '本人要求'];
  const AUTHOR = 'uid-7788990011';
  const post = (id: string, more: object = {}) => ({
    row: 1,
    value: {
      ...{ id, platform: 'weibo', text: `东关停水第${id}天`, time: '2026-11-20T21:03:05+08:00' },
      ...{ url: `https://gov.example/p/${id}`, author: { key: AUTHOR, kind: 'ordinary' }, ...more },
    },
    raw: '{}',
  });
  const take = (...rows: ReturnType<typeof post>[]) =>
    withFront(async ({ intake }) => (await intake.accept(rows, '县里')).map(({ outcome }) => outcome));

  test('takes one post by its address, writes down who and why, and refuses it from then on', async () => {
    expect(await take(post('1'), post('2'))).toEqual(['accepted', 'accepted']);
    expect(filesHolding('停水第1天')).not.toEqual([]);
    const { code, out } = await run('erase', '--url', 'https://gov.example/p/1', ...WHO);
    expect([code, JSON.parse(out)]).toEqual([0, { erased: 1 }]);
    expect(await take(post('1'), post('2'))).toEqual(['rejected', 'duplicate']);
    expect(filesHolding('停水第1天')).toEqual([]);
    expect(await withFront(({ door }) => door.accesses.list(9))).toMatchObject([
      { who: '李某', why: '本人要求', what: 'erase', subject: 'url 1' },
    ]);
  });

  test('takes all posts of an author by an id that is written nowhere', async () => {
    const other = post('3', { author: { key: 'somebody', kind: 'ordinary' } });
    await take(post('1'), post('2'), other);
    const { out } = await run('erase', '--author', AUTHOR, '--platform', 'weibo', ...WHO);
    expect(JSON.parse(out)).toEqual({ erased: 2 });
    expect(await take(post('1'), other)).toEqual(['rejected', 'duplicate']);
    expect(filesHolding(AUTHOR)).toEqual([]);
  });

  test.each([
    [[], '--url'],
    [['--url', 'https://gov.example/p/1', '--author', 'x', '--platform', 'weibo'], '--url'],
    [['--author', 'x', ...WHO], '--platform'],
    [['--url', 'https://gov.example/p/1', '--who', '李某'], '--why'],
  ])('refuses %j and erases nothing', async (flags, says) => {
    await take(post('1'));
    const { code, said } = await run('erase', ...flags);
    expect([code, said.includes(says)]).toEqual([2, true]);
    expect(await take(post('1'))).toEqual(['duplicate']);
  });

  test('that finds nothing says so, and what else to try', async () => {
    const { code, out, said } = await run('erase', '--url', 'https://gov.example/p/none', ...WHO);
    expect([code, JSON.parse(out)]).toEqual([0, { erased: 0 }]);
    expect(said).toContain('没有找到');
  });
});
