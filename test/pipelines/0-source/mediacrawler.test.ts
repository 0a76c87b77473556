import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAYOUTS } from '../../../pipelines/0-source/mediacrawler-layouts.ts';
import type { Layout } from '../../../pipelines/0-source/mediacrawler-layouts.ts';
import { csvOf, readFile, write, writeSqlite } from '../../seeds/source-files.ts';
import { workbook } from '../../seeds/workbook.ts';

const SECONDS = 1_795_000_000;
const AT = SECONDS * 1_000;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-mediacrawler-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A row of a layout in which every column says what a crawler would write there. */
function rowOf(layout: Layout, id: string): Record<string, string | number> {
  const row: Record<string, string | number> = {};
  for (const column of layout.columns) {
    if (column === layout.id) row[column] = id;
    else if (column === layout.under) row[column] = 'w1';
    else if (column === layout.answers) row[column] = '0';
    else if (column === layout.title) row[column] = '东关停水';
    else if (layout.text.includes(column)) row[column] = '东关街今天又停水了，没人通知';
    else if (column === 'create_date_time') row[column] = '2026-11-18 09:46:40+08:00';
    else if (layout.time.includes(column)) row[column] = column === 'publish_time' ? '2026-11-18 19:06' : SECONDS;
    else if (Object.values(layout.counts).includes(column)) row[column] = '1.2万';
    else if (column === 'last_modify_ts') row[column] = AT + 3_600_000;
    else if (column === 'creator_hash') row[column] = '9f2d4c1b8a7e6d5c';
    else if (column === 'content_type') row[column] = 'answer';
    else if (column.endsWith('url')) row[column] = 'https://site.example/w1';
    else row[column] = '';
  }
  if ('create_date_time' in row) row['create_date_time'] = '2026-11-18 19:06:40+08:00';
  return row;
}

describe.each(LAYOUTS)('$name', (layout) => {
  const rows = ['a1', 'a2', 'a3'].map((id) => rowOf(layout, id));
  const cells = rows.map((row) => layout.columns.map((column) => row[column] ?? ''));
  const file = `${layout.platform}-${layout.tables[0] ?? ''}`;

  test.each(['csv', 'json', 'jsonl', 'xlsx', 'db'] as const)('as %s', async (ending) => {
    const name = `${file}.${ending}`;
    const path =
      ending === 'db'
        ? writeSqlite(dir, name, { [layout.tables[0] ?? '']: { columns: layout.columns, rows: cells } })
        : write(
            dir,
            name,
            {
              csv: () => csvOf(layout.columns, ...cells),
              json: () => JSON.stringify(rows, undefined, 4),
              jsonl: () => rows.map((row) => JSON.stringify(row)).join('\n'),
              xlsx: () => workbook({ Contents: [layout.columns, ...cells] }),
            }[ending](),
          );
    const { detected, posts, rows: read } = await readFile(path);
    expect(detected).toMatchObject({ format: 'mediacrawler' });
    expect(detected?.confidence).toBeGreaterThanOrEqual(0.9);
    expect(detected?.because).toContain(layout.name);
    expect(read.map(({ because }) => because)).toEqual([undefined, undefined, undefined]);
    expect(posts.map(({ nativeId }) => nativeId.replace(/^(?:comment|answer)-/, ''))).toEqual(['a1', 'a2', 'a3']);
    const [post] = posts;
    expect(post?.platform).toBe(layout.platform);
    expect(post?.kind).toBe(layout.what === 'comment' ? 'comment' : 'post');
    expect(post?.text).toBe('东关街今天又停水了，没人通知');
    expect(Math.abs((post?.time ?? 0) - AT)).toBeLessThan(60_000);
    expect(post?.counts).toEqual(Object.fromEntries(Object.keys(layout.counts).map((count) => [count, 12_000])));
    if (layout.columns.includes('creator_hash')) expect(post?.author?.key).toBe('9f2d4c1b8a7e6d5c');
    if (layout.under !== undefined)
      expect([post?.parent, post?.root]).toEqual([post?.root, expect.stringMatching(/w1$/)]);
    expect(JSON.stringify(posts)).not.toContain('nickname');
  });
});

describe('traps', () => {
  const weibo = (more: object): string =>
    JSON.stringify({
      ...{ note_id: '5012345678901234', content: '路灯坏了', create_time: SECONDS, liked_count: '3' },
      ...{ comments_count: '', shared_count: 'None', last_modify_ts: AT + 60_000, ...more },
    });

  test('before 2026-07: the province and a key to be re-keyed are kept, names and addresses are not', async () => {
    const old = {
      user_id: '7654321',
      nickname: '张某某',
      gender: 'f',
      avatar: 'https://a.example/x',
      ip_location: '发布于 河南',
    };
    const { detected, posts } = await readFile(write(dir, 'old.jsonl', weibo(old)));
    expect(detected?.because).toContain('2026-07 以前');
    expect(posts[0]).toMatchObject({ author: { key: '7654321' }, hints: { province: '河南' } });
    expect(JSON.stringify(posts)).not.toMatch(/张某某|avatar|a\.example/);
  });

  test('"None" and an empty count are said to be no count', async () => {
    const { rows, posts } = await readFile(write(dir, 'none.jsonl', weibo({})));
    expect(posts[0]?.counts).toEqual({ like: 3 });
    expect(rows[0]?.repairs.filter((kind) => kind === 'count-absent')).toHaveLength(2);
  });

  test('eight hours late: the right time is taken where both are there, and it is said', async () => {
    const late = weibo({ create_time: SECONDS + 28_800, create_date_time: '2026-11-18 19:06:40+08:00' });
    const { rows, posts } = await readFile(write(dir, 'late.jsonl', late));
    expect(posts[0]?.time).toBe(AT);
    expect(rows[0]?.repairs).toContain('eight-hours-late');
  });

  test('eight hours late with nothing beside it: seen where it lies ahead of the crawl itself, and only there', async () => {
    const lines = [weibo({ create_time: SECONDS + 28_800 }), weibo({ note_id: '2', create_time: SECONDS - 28_800 })];
    const { rows, posts } = await readFile(write(dir, 'alone.jsonl', lines.join('\n')));
    expect(posts.map(({ time }) => time)).toEqual([AT, AT - 28_800_000]);
    expect(rows.map(({ repairs }) => repairs.includes('eight-hours-late'))).toEqual([true, false]);
  });

  test('a title that repeats how the text begins is left out; without a text the title is the text', async () => {
    const note = (id: string, title: string, desc: string): string =>
      JSON.stringify({ note_id: id, title, desc, time: AT, liked_count: '1', collected_count: '2' });
    const lines = [note('1', '东关停水', '东关停水三天了'), note('2', '求助', '东关停水'), note('3', '东关停水', '')];
    const { rows, posts } = await readFile(write(dir, 'xhs.jsonl', lines.join('\n')));
    expect(posts.map(({ title, text }) => [title, text])).toEqual([
      [undefined, '东关停水三天了'],
      ['求助', '东关停水'],
      [undefined, '东关停水'],
    ]);
    expect(rows[0]?.repairs).toContain('title-repeated');
    expect(rows[0]?.repairs).toContain('epoch-millis');
  });

  test('rows of a new version under an old header are read by the new order, or refused, never shifted', async () => {
    const layout = LAYOUTS.find(({ name }) => name === '微博帖子')!;
    const header = [
      'user_id',
      'nickname',
      'gender',
      'ip_location',
      'profile_url',
      ...layout.columns.filter((c) => c !== 'creator_hash'),
    ];
    const old = header.map((column) =>
      column === 'note_id' ? '1' : column === 'content' ? '旧' : column === 'create_time' ? SECONDS : '',
    );
    const fresh = layout.columns.map((column) => rowOf(layout, '2')[column]);
    const cut = fresh.slice(0, 5);
    const { rows } = await readFile(write(dir, 'moved.csv', csvOf(header, old, fresh, cut)));
    expect(rows.map(({ post, because }) => post?.nativeId ?? because?.slice(0, 8))).toEqual([
      '1',
      '2',
      '这一行有 5 格',
    ]);
    expect(rows[1]?.repairs).toContain('columns-moved');
    expect(rows[1]?.post?.text).toBe('东关街今天又停水了，没人通知');
  });

  test('a comment on a comment has it for its parent and the work for its root; numbers of both kinds stay apart', async () => {
    const comment = {
      comment_id: '9',
      parent_comment_id: '8',
      create_time: SECONDS,
      video_id: '9',
      content: '支持',
      sub_comment_count: 0,
      like_count: 0,
    };
    const { posts } = await readFile(write(dir, 'bili/reply.jsonl', JSON.stringify(comment)));
    expect(posts[0]).toMatchObject({ platform: 'bilibili', nativeId: 'comment-9', parent: 'comment-8', root: '9' });
  });

  test("a SQLite file's numbers are not rounded, its account tables are passed over aloud", async () => {
    const path = writeSqlite(dir, 'mixed.db', {
      douyin_aweme: {
        columns: ['id', 'aweme_id', 'desc', 'create_time', 'liked_count'],
        rows: [[1, 7_312_345_678_901_234_567n, '积水', SECONDS, '10万+']],
      },
      dy_creator: { columns: ['id', 'user_id', 'nickname'], rows: [[1, 'u', '某人']] },
    });
    const { posts, ignored } = await readFile(path);
    expect(posts[0]).toMatchObject({ nativeId: '7312345678901234567', counts: { like: 100_000 } });
    expect(ignored).toEqual(['dy_creator']);
  });
});

describe('contents and comments in one file', () => {
  const platforms = [...new Set(LAYOUTS.map(({ platform }) => platform))];
  const rowFor = (platform: string, what: Layout['what'], id: string) =>
    rowOf(
      LAYOUTS.find((layout) => layout.platform === platform && layout.what === what)!,
      id,
    );

  test.each(platforms.flatMap((platform) => ['jsonl', 'json'].map((ending) => [platform, ending] as const)))(
    '%s as %s: each row is read as what it is, whichever comes first',
    async (platform, ending) => {
      for (const [first, second] of [
        ['content', 'comment'],
        ['comment', 'content'],
      ] as const) {
        const rows = [first, second, first].map((what, at) => rowFor(platform, what, `a${at}`));
        const lines = ending === 'json' ? JSON.stringify(rows) : rows.map((row) => JSON.stringify(row)).join('\n');
        const { rows: read } = await readFile(write(dir, `${platform}-mixed.${ending}`, lines));
        const kindOf = { content: 'post', comment: 'comment' } as const;
        expect(read.map(({ post }) => post?.kind)).toEqual([first, second, first].map((what) => kindOf[what]));
      }
    },
  );
});
