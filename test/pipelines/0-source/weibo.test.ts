import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentRows } from '../../../pipelines/0-source/json-document.ts';
import { readValue, readerFor } from '../../../pipelines/0-source/read-values.ts';
import { NOW, csvOf, readFile, write, writeSqlite } from '../../seeds/source-files.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-weibo-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('weibo-crawler', () => {
  const status = (id: number, more: object = {}): object => ({
    ...{ user_id: 1234567, screen_name: '某某', id, bid: `N${id}`, text: `第${id}天停水`, article_url: '', pics: '' },
    ...{ video_url: '', location: '东关街', created_at: '2026-11-20T21:03:05', source: '手机', attitudes_count: 3 },
    ...{ comments_count: 2, reposts_count: 1, topics: '停水,东关', at_users: '', ...more },
    full_created_at: '2026-11-20 21:03:05',
  });

  test.each([undefined, 2])('JSON of one account, written with indent %s', async (indent) => {
    const document = {
      user: { id: 1234567, screen_name: '东关派出所', verified: true, verified_type: 1 },
      weibo: [status(1), status(2)],
    };
    const path = write(dir, `weibo/某某/1234567-${indent}.json`, JSON.stringify(document, undefined, indent));
    const { detected, rows, posts } = await readFile(path);
    expect(detected).toMatchObject({ format: 'weibo-crawler', container: 'document' });
    expect(posts).toHaveLength(2);
    expect(posts[0]).toMatchObject({
      ...{ platform: 'weibo', nativeId: '1', kind: 'post', text: '第1天停水', url: 'https://m.weibo.cn/detail/1' },
      ...{ time: Date.parse('2026-11-20T13:03:05Z'), author: { key: '1234567', kind: 'official' } },
      ...{ counts: { like: 3, comment: 2, repost: 1 }, hints: { poi: '东关街' }, topics: ['停水', '东关'] },
    });
    expect(rows[0]?.repairs).toEqual(['zone-assumed']);
    expect(JSON.stringify(posts)).not.toContain('某某');
  });

  test('a repost brings the post it repeats, and is linked to it', async () => {
    const repeated = status(1, { user_id: 7654321, text: '路灯坏了半个月' });
    const path = write(
      dir,
      'repost.json',
      JSON.stringify({ user: { id: 1 }, weibo: [status(2, { text: '转发微博', retweet: repeated })] }),
    );
    const { posts } = await readFile(path);
    expect(posts.map(({ nativeId, kind, root, parent }) => [nativeId, kind, root, parent])).toEqual([
      ['2', 'repost', '1', '1'],
      ['1', 'post', undefined, undefined],
    ]);
    expect(posts[1]?.author?.key).toBe('7654321');
  });

  test('what is pushed over HTTP is read as the file is', () => {
    const value = { user: { id: 1234567, verified_type: 3 }, weibo: [status(1), status(2)] };
    const rows = documentRows(value).flatMap(({ row, member, members }) => {
      const about = { path: 'push', table: { name: member, columns: Object.keys(status(1)) }, now: NOW, members };
      return [...readValue(row, readerFor('weibo-crawler', about, []), {})];
    });
    expect(rows.map((row) => 'value' in row && row.value)).toMatchObject([
      { id: 1, author: { key: '1234567', kind: 'media' } },
      { id: 2, author: { key: '1234567', kind: 'media' } },
    ]);
  });

  const PART = [
    'id',
    'bid',
    '正文',
    '头条文章url',
    '原始图片url',
    '视频url',
    'Live Photo视频url',
    '位置',
    '日期',
    '工具',
  ];
  const REST = ['点赞数', '评论数', '转发数', '话题', '@用户', '完整日期', '是否编辑过', '编辑次数'];
  const HEADER = [...PART, ...REST];
  const cells = (id: string, text: string): string[] => [
    ...[`${id}\t`, 'N1', text, '', '', '', '', '东关', '2026-11-20', '手机', '1', '2', '3', '停水', ''],
    ...['2026-11-20 21:03:05', 'False', '0'],
  ];

  test('CSV: tabs after ids, rows two cells short, a header printed again; the account is the name of the file', async () => {
    const wide = [...HEADER, '是否原创', '源用户id', '源用户昵称', ...HEADER.map((name) => `源微博${name}`)];
    const original = [...cells('1', '路灯坏了'), 'True', '', '', ...HEADER.map(() => '')];
    const repost = [...cells('2', '转发微博'), 'False', '7654321', '某人', ...cells('3', '东关停水').slice(0, -2)];
    const { rows, posts, detected } = await readFile(write(dir, '1234567.csv', csvOf(wide, original, wide, repost)));
    expect(detected?.format).toBe('weibo-crawler');
    expect(rows.map(({ because }) => because)).toEqual([undefined, undefined, undefined]);
    expect(posts.map(({ nativeId, kind, root, author }) => [nativeId, kind, root, author?.key])).toEqual([
      ['1', 'post', undefined, '1234567'],
      ['2', 'repost', '3', '1234567'],
      ['3', 'post', undefined, '7654321'],
    ]);
    expect(posts[2]).toMatchObject({ text: '东关停水', time: Date.parse('2026-11-20T13:03:05Z') });
    expect(rows[0]?.repairs).toContain('id-trimmed');
  });

  test('CSV begun before the live photo column was named is read in its true order, and it is said', async () => {
    const header = HEADER.filter((name) => !name.startsWith('Live'));
    const { rows, posts } = await readFile(write(dir, 'shifted.csv', csvOf(header, cells('1', '积水'))));
    expect(posts[0]).toMatchObject({ hints: { poi: '东关' }, counts: { like: 1, comment: 2, repost: 3 } });
    expect(rows[0]?.repairs).toContain('columns-moved');
  });

  test('a row with more cells than the header is refused, not shifted', async () => {
    const { rows } = await readFile(write(dir, 'more.csv', csvOf(HEADER, [...cells('1', '积水'), '多', '余'])));
    expect(rows[0]?.because).toContain('20 格');
  });

  test('SQLite: posts, comments and rows of reposts, each under its post', async () => {
    const path = writeSqlite(dir, 'weibodata.db', {
      user: { columns: ['id', 'nick_name'], rows: [['1', '某人']] },
      weibo: {
        columns: [
          'id',
          'bid',
          'user_id',
          'text',
          'created_at',
          'attitudes_count',
          'comments_count',
          'reposts_count',
          'retweet_id',
          'edited',
          'edit_count',
        ],
        rows: [['5', 'N5', '11', '东关停水', '2026-11-20 21:03:05', 1, 2, 3, '', 0, 0]],
      },
      comments: {
        columns: ['id', 'bid', 'weibo_id', 'root_id', 'user_id', 'created_at', 'text', 'like_count'],
        rows: [
          ['6', '', '5', '6', '12', 'Fri Nov 20 21:10:00 +0800 2026', '我家也是', 0],
          ['7', '', '5', '6', '13', 'Fri Nov 20 21:11:00 +0800 2026', '几点来', 0],
          ['8', '', '5', '6', '14', '3分钟前', '不知道', 0],
        ],
      },
      reposts: {
        columns: ['id', 'bid', 'weibo_id', 'user_id', 'created_at', 'text', 'like_count'],
        rows: [['9', '', '5', '15', 'Fri Nov 20 21:20:00 +0800 2026', '转发微博', 0]],
      },
    });
    const { rows, posts, ignored } = await readFile(path);
    expect(posts.map(({ nativeId, kind, parent, root }) => [nativeId, kind, parent, root])).toEqual([
      ['5', 'post', undefined, undefined],
      ['6', 'comment', '5', '5'],
      ['7', 'comment', '6', '5'],
      ['9', 'repost', '5', '5'],
    ]);
    expect(posts[1]?.time).toBe(Date.parse('2026-11-20T13:10:00Z'));
    expect(rows.find(({ because }) => because !== undefined)?.because).toContain('--seen');
    expect(ignored).toEqual(['user']);
    const seen = await readFile(path, { seen: Date.parse('2026-11-20T14:00:00Z') });
    expect(seen.posts.find(({ nativeId }) => nativeId === '8')?.time).toBe(Date.parse('2026-11-20T13:57:00Z'));
    expect(seen.rows.flatMap(({ repairs }) => repairs)).toContain('relative-time');
  });
});

describe('weibo-search', () => {
  const HEADER = [
    ...[
      'id',
      'bid',
      'user_id',
      '用户昵称',
      '微博正文',
      '头条文章url',
      '发布位置',
      '艾特用户',
      '话题',
      '转发数',
      '评论数',
    ],
    ...[
      '点赞数',
      '发布时间',
      '发布工具',
      '微博图片url',
      '微博视频url',
      'retweet_id',
      'ip',
      'user_authentication',
      '会员类型',
      '会员等级',
    ],
  ];
  const row = (id: string, time: string, more: Readonly<Record<string, string>> = {}): string[] =>
    HEADER.map(
      (name) =>
        ({ id, bid: 'N', user_id: '7654321', 用户昵称: '某人', 微博正文: '东关又停水', 发布时间: time, ...more })[
          name
        ] ?? '',
    );

  test.each(['csv', 'csv.gz', 'gb'])('as %s', async (kind) => {
    const text = csvOf(
      HEADER,
      row('1', '2026-11-20 21:03', { 转发数: '1.2万', 点赞数: '10万+', ip: '河南', 话题: '停水' }),
    );
    const path =
      kind === 'csv.gz'
        ? write(dir, 's.csv.gz', gzipSync(text))
        : write(dir, `结果文件/停水/${kind}.csv`, kind === 'gb' ? gbk(text.slice(1)) : text);
    const { detected, posts, rows } = await readFile(path);
    expect(detected?.format).toBe('weibo-search');
    expect(posts[0]).toMatchObject({
      ...{ nativeId: '1', text: '东关又停水', counts: { repost: 12_000, like: 100_000 }, hints: { province: '河南' } },
      ...{ topics: ['停水'], author: { key: '7654321', kind: 'ordinary' }, url: 'https://m.weibo.cn/detail/1' },
    });
    expect(rows[0]?.repairs).toEqual(expect.arrayContaining(['count-words', 'zone-assumed', 'count-absent']));
  });

  test('in January a December date with the year of the crawl is last year, and it is said', async () => {
    const path = write(dir, 'year.csv', csvOf(HEADER, row('1', '2027-12-31 21:03'), row('2', '2027-01-02 08:00')));
    const now = Date.parse('2027-01-02T04:00:00Z');
    const { posts, rows } = await readFile(path, { now, until: now });
    expect(posts[0]?.time).toBe(Date.parse('2026-12-31T13:03:00Z'));
    expect(rows.map(({ repairs }) => repairs.includes('year-ahead'))).toEqual([true, false]);
  });

  test('institutions are official, media or merely verified by their name; the name is not kept', async () => {
    const marks = [
      ['东关公安', '蓝V', 'official'],
      ['东关晚报', '蓝V', 'media'],
      ['东关火锅', '蓝V', 'verified'],
      ['东关公安迷', '普通用户', 'ordinary'],
      ['某某', '黄V', 'verified'],
    ] as const;
    const rows = marks.map(([name, mark], at) =>
      row(String(at), '2026-11-20 21:03', { 用户昵称: name, user_authentication: mark }),
    );
    const { posts } = await readFile(write(dir, 'marks.csv', csvOf(HEADER, ...rows)));
    expect(posts.map(({ author }) => author?.kind)).toEqual(marks.map(([, , kind]) => kind));
    expect(JSON.stringify(posts)).not.toMatch(/火锅|晚报/);
  });

  test('SQLite, a repost linked to its post', async () => {
    const columns = [
      ...['id', 'bid', 'user_id', 'screen_name', 'text', 'location', 'topics', 'reposts_count', 'comments_count'],
      ...['attitudes_count', 'created_at', 'retweet_id', 'ip', 'user_authentication', 'vip_type', 'vip_level'],
    ];
    const path = writeSqlite(dir, 'weibo.db', {
      weibo: {
        columns,
        rows: [['2', 'N', '9', '某人', '转发微博', '', '', '0', '0', '0', '2026-11-20 21:03', '1', '', '', '', '']],
      },
    });
    const { detected, posts } = await readFile(path);
    expect(detected?.format).toBe('weibo-search');
    expect(posts[0]).toMatchObject({ kind: 'repost', root: '1', parent: '1' });
  });
});

/** GB18030 bytes of a text; only the characters that these tests write, taken from the decoder itself. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytesOf = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from(
    [...text].flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : (bytesOf.get(char) ?? [0x3f]))),
  );
}
