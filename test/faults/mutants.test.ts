import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFault } from '../../pipelines/0-source/bytes.ts';
import { streamRows } from '../../pipelines/0-source/file.ts';
import type { FileOptions } from '../../pipelines/0-source/file.ts';
import type { Intake } from '../../pipelines/1-intake/take-in.ts';
import type { Inbox } from '../../pipelines/ports/inbox.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { openPseudonyms } from '../../server/adapters/secrets/pseudonyms.ts';
import { fileTools } from '../../server/file-tools.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { createIntake } from '../../server/intake.ts';
import { NOW, csvOf } from '../seeds/source-files.ts';
import { KINDS, TIME, row } from './malformed-kinds.ts';

const MUTANTS = 100;
const NEWLINE = 10;

let dir: string;
let inbox: Inbox;
let intake: Intake;
let sources = 0;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-mutants-'));
  inbox = openInbox(join(dir, 'inbox.sqlite'));
  intake = createIntake({ inbox, keyed: openPseudonyms(dir, systemClock).keyed, clock: { now: () => NOW } });
});
afterAll(async () => {
  await inbox.close();
  rmSync(dir, { recursive: true, force: true });
});

async function rowsOf(bytes: Buffer, name: string, options: FileOptions = {}): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += 4_096) yield bytes.subarray(at, at + 4_096);
  })();
  for await (const one of streamRows(name, pieces, { ...fileTools, now: NOW, until: NOW, ...options })) rows.push(one);
  return rows;
}

/** What became of rows, and that the inbox and the dead letters say the same. */
async function taken(rows: readonly RawRow[], name: string): Promise<Record<string, number>> {
  const before = inbox.last();
  // A source of its own each time, so that its dead letters can be told.
  const source = `${name} ${String(++sources)}`;
  const outcomes = await intake.accept(rows, source, name);
  const of = (what: string): number => outcomes.filter(({ outcome }) => outcome === what).length;
  const counts = { accepted: of('accepted'), duplicate: of('duplicate'), rejected: of('rejected') };
  expect(outcomes.map((one) => one.row)).toEqual(rows.map((one) => one.row));
  expect(counts.accepted + counts.duplicate + counts.rejected).toBe(rows.length);
  expect(inbox.last() - before).toBe(counts.accepted);
  const letters = inbox.deadLetters(counts.rejected + 1).filter((letter) => letter.source === source);
  expect(letters).toHaveLength(counts.rejected);
  return counts;
}

/** Bytes put in, taken out, doubled, turned, cut off, or exchanged for something odd. */
const ODD = [
  '\0',
  '\u202e',
  '\ud83d\ude00',
  '"',
  '\\',
  '{',
  ']',
  ',',
  '\t',
  '\u00a0',
  '1e999',
  '__proto__',
  '\ufeff',
  '万',
];
const change = fc.record({
  what: fc.constantFrom('insert', 'remove', 'double', 'turn', 'cut', 'odd'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  byte: fc.integer({ min: 0, max: 255 }),
  odd: fc.constantFrom(...ODD),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function mutated(line: Buffer, changes: readonly Change[]): Buffer {
  let bytes = line;
  for (const { what, at, length, byte, odd } of changes) {
    const place = Math.floor(at * bytes.length);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (what === 'insert') bytes = Buffer.concat([before, Buffer.from([byte]), after]);
    else if (what === 'remove') bytes = Buffer.concat([before, after.subarray(length)]);
    else if (what === 'double') bytes = Buffer.concat([before, after.subarray(0, length), after]);
    else if (what === 'cut') bytes = before;
    else if (what === 'odd') bytes = Buffer.concat([before, Buffer.from(odd), after.subarray(length)]);
    else bytes = Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << (byte % 8))]), after.subarray(1)]);
  }
  return Buffer.from(bytes.map((one) => (one === NEWLINE ? 0x20 : one)));
}

const mutantsOf = (line: Buffer, seed: number): Buffer[] =>
  fc
    .sample(fc.array(change, { minLength: 1, maxLength: 4 }), { numRuns: MUTANTS, seed })
    .map((changes) => mutated(line, changes));

const isBlank = (line: Buffer): boolean =>
  line
    .toString('utf8')
    .replace(/^\uFEFF+/, '')
    .trim() === '';

describe(`a hundred mutants of each kind of malformed row: none crashes, none is lost`, () => {
  test.each(KINDS.map((kind, seed) => ({ ...kind, seed })))('$kind', async ({ kind, line, seed }) => {
    const base = Buffer.from(line as string).subarray(0, 20_000);
    const mutants = mutantsOf(base, seed);
    const good = mutants.map((_, at) => Buffer.from(row({ id: `good-${at}`, text: '路灯坏了' })));
    const lines = mutants.flatMap((mutant, at) => [good[at] ?? base, mutant]);
    const bytes = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]));
    const rows = await rowsOf(bytes, 'mutants.jsonl', { format: 'canonical' });
    expect(rows).toHaveLength(lines.filter((one) => !isBlank(one)).length);
    const counts = await taken(rows, `m-${seed}`);
    // A mutant may have kept its id or made another; the good rows between them are all there.
    expect((counts.accepted ?? 0) + (counts.duplicate ?? 0), kind).toBeGreaterThanOrEqual(MUTANTS);
    expect(rows.filter((one) => 'value' in one && isGood(one.value))).toHaveLength(MUTANTS);
  });
});

const isGood = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && /^good-\d+$/.test(String(value.id));

/** One good file of each format; its cells, or its bytes, are what is mutated. */
const TABLES: Readonly<Record<string, { columns: string[]; cells: string[] }>> = {
  'mediacrawler.csv': {
    columns:
      'note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,last_modify_ts,note_url,creator_hash,nickname,source_keyword'.split(
        ',',
      ),
    cells: [
      '5012',
      '东关停水',
      '1795000000',
      '2026-11-18 19:06:40+08:00',
      '1.2万',
      '3',
      'None',
      '1795000100000',
      'https://m.weibo.cn/detail/5012',
      'ab12',
      '张*',
      '停水',
    ],
  },
  '1234567.csv': {
    columns:
      'id,bid,正文,头条文章url,原始图片url,视频url,Live Photo视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户,完整日期,是否编辑过,编辑次数'.split(
        ',',
      ),
    cells: [
      '5013\t',
      'N',
      '路灯坏了',
      '',
      '',
      '',
      '',
      '东关',
      '2026-11-20',
      '',
      '1',
      '2',
      '3',
      '停水',
      '',
      '2026-11-20 21:03:05',
      'False',
      '0',
    ],
  },
  'weibo-search.csv': {
    columns:
      'id,bid,user_id,用户昵称,微博正文,发布位置,话题,转发数,评论数,点赞数,发布时间,retweet_id,ip,user_authentication'.split(
        ',',
      ),
    cells: [
      '5014',
      'N',
      '77',
      '某',
      '积水了',
      '东关',
      '停水',
      '1',
      '2',
      '10万+',
      '2026-11-20 21:03',
      '5013',
      '河南',
      '蓝V',
    ],
  },
  'daily_news.csv': {
    columns: 'news_id,source_platform,title,url,crawl_date,rank_position,add_ts'.split(','),
    cells: ['w_1', 'weibo', '东关停水', 'https://weibo.com/1', '2026-11-20', '3', '1795000000'],
  },
  'plain.csv': { columns: ['编号', '正文', '时间', '点赞'], cells: ['1', '停水', '2026-11-20 21:03', '1.2万'] },
};

describe('a hundred mutants of a cell in each table: every record has its outcome', () => {
  test.each(Object.entries(TABLES))('%s', async (name, { columns, cells }) => {
    const rows = fc
      .sample(fc.tuple(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 })), { numRuns: MUTANTS, seed: 8 })
      .map(([pick, changes]) => {
        const at = pick % cells.length;
        // Quoted by csvOf, so that a cell stays a cell; bytes that are no UTF-8 become the character that stands for them.
        return cells.map((cell, column) =>
          column === at ? mutated(Buffer.from(cell), changes).toString('utf8') : cell,
        );
      });
    const read = await rowsOf(Buffer.from(csvOf(columns, ...rows)), name);
    const posts = new Set(read.map((one) => one.row));
    expect(posts.size).toBe(MUTANTS);
    const counts = await taken(read, name);
    expect(counts.accepted).toBeGreaterThan(0);
  });
});

const DOCUMENTS: Readonly<Record<string, string>> = {
  'array.json': JSON.stringify([1, 2, 3].map((id) => ({ id, text: '停水', time: TIME }))),
  'weibo.json': JSON.stringify({
    user: { id: 7, verified_type: 1 },
    weibo: [{ id: 1, bid: 'N', text: '停水', created_at: '2026-11-20', full_created_at: '', attitudes_count: 1 }],
  }),
  'newsnow.json': JSON.stringify({
    id: 'weibo',
    updatedTime: 1_795_000_000_000,
    items: [{ title: '停水', url: '', extra: {} }],
  }),
  'rss.xml':
    '<rss version="2.0"><channel><link>https://a.example</link><item><title>停水</title><guid>1</guid><description>&lt;b&gt;x&lt;/b&gt;</description></item></channel></rss>',
  'table.csv': csvOf(['编号', '正文', '时间'], ['1', '停,"水"', '2026-11-20'], ['2', '路灯', '2026-11-20']),
  'gz.jsonl': 'id,text,time\n1,"停水',
};

describe('a hundred mutants of the bytes of each file: rows with outcomes, or one sentence that names the file', () => {
  test.each(Object.entries(DOCUMENTS))('%s', async (name, text) => {
    for (const mutant of mutantsOf(Buffer.from(text), 9)) {
      try {
        await taken(await rowsOf(mutant, name, { seen: NOW }), name);
      } catch (error) {
        expect(error).toBeInstanceOf(SourceFault);
        expect((error as Error).message).toContain(name);
      }
    }
  });
});
