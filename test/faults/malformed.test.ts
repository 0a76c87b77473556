import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFault } from '../../pipelines/0-source/bytes.ts';
import { fileRows } from '../../pipelines/0-source/file.ts';
import type { Intake } from '../../pipelines/1-intake/take-in.ts';
import type { Inbox } from '../../pipelines/ports/inbox.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { openPseudonyms } from '../../server/adapters/secrets/pseudonyms.ts';
import { fileTools } from '../../server/file-tools.ts';
import { createIntake } from '../../server/intake.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const TIME = '2026-11-20T21:03:05+08:00';
const GOOD = JSON.stringify({ id: 'good', text: '路灯坏了', time: TIME });

/** One row of JSON around a good post's fields. */
const row = (fields: Record<string, unknown>): string =>
  JSON.stringify({ id: 'odd', text: '西关外又停水了', time: TIME, ...fields });
const written = (fields: string): string => `{"id":"odd","text":"停水","time":"${TIME}",${fields}}`;

type Outcome = 'accepted' | 'rejected' | 'none';
interface Kind {
  readonly kind: string;
  /** The odd line; it stands between two good ones. */
  readonly line: string | Buffer;
  readonly outcome: Outcome;
  /** Part of the reason, or of a repair. */
  readonly says?: string;
}
const rejected = (kind: string, line: string | Buffer, says: string): Kind => ({
  kind,
  line,
  outcome: 'rejected',
  says,
});
const accepted = (kind: string, line: string | Buffer, says?: string): Kind => ({
  kind,
  line,
  outcome: 'accepted',
  ...(says !== undefined && { says }),
});

const KINDS: readonly Kind[] = [
  // bytes
  accepted('a byte order mark within the file', `\uFEFF${row({})}`),
  rejected('a line of GBK in UTF-8', Buffer.from([0x7b, 0x22, 0xc2, 0xb7, 0xb5, 0xc6, 0x22, 0x7d]), 'UTF-8'),
  rejected('cut UTF-8', Buffer.concat([Buffer.from(row({}).slice(0, -2)), Buffer.from([0xe5, 0x81])]), 'UTF-8'),
  rejected('overlong UTF-8', Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc0, 0xaf])]), 'UTF-8'),
  rejected(
    'CESU-8',
    Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])]),
    'UTF-8',
  ),
  rejected('a zero byte outside a string', `${row({})}\0`, 'JSON'),
  accepted('an escaped zero in the text', row({ text: '停\u0000水' }), '控制字符'),
  accepted('C1 controls', row({ text: '停\u0085水\u009f' }), '控制字符'),
  accepted('a lone surrogate', written('"title":"\\ud800停"'), '残缺'),
  accepted('U+FFFE', row({ text: '停\ufffe水' }), '控制字符'),
  rejected('a line of 10 MB', row({ text: '水'.repeat(4_000_000) }), 'MB'),
  // JSON
  rejected('cut JSON', row({}).slice(0, -5), 'JSON'),
  rejected('a comma before the end', row({}).replace(/}$/, ',}'), 'JSON'),
  accepted('a carriage return', `${row({})}\r`),
  { kind: 'a blank line', line: '   ', outcome: 'none' },
  accepted('a key twice: the last counts', `{"text":"一","id":"odd","text":"二","time":"${TIME}"}`),
  rejected('__proto__', written('"__proto__":{"admin":true}'), '__proto__'),
  rejected('constructor', written('"constructor":{"prototype":{}}'), 'constructor'),
  rejected('__proto__ inside author', written('"author":{"__proto__":{}}'), '__proto__'),
  rejected('depth of 100,000', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)},"id":1,"time":1}`, 'text'),
  rejected('a number beyond all numbers', written('"counts":{"like":1e400}'), 'counts.like'),
  rejected('NaN', written('"counts":{"like":NaN}'), 'JSON'),
  rejected('an id of 19 digits as a number', `{"id":4891234567890123456,"text":"停水","time":"${TIME}"}`, '字符串'),
  rejected('an array', `[${row({})}]`, '对象'),
  rejected('a string', '"停水"', '对象'),
  rejected('null', 'null', '对象'),
  rejected('HTML', '<!DOCTYPE html><html><body>502</body></html>', 'JSON'),
  // fields
  rejected('no id', `{"text":"停水","time":"${TIME}"}`, '缺少 id'),
  rejected('an empty id', row({ id: ' ' }), '缺少 id'),
  rejected('an id as an object', row({ id: {} }), 'id'),
  rejected('an id of 201 characters', row({ id: 'a'.repeat(201) }), '200'),
  rejected('a control character in the id', row({ id: 'a\u0007' }), 'id'),
  accepted('an id as a number', row({ id: 42 })),
  rejected('no text', `{"id":"odd","time":"${TIME}"}`, '缺少 text'),
  rejected('an empty text', row({ text: '' }), '空'),
  rejected('a text of blanks', row({ text: ' \u3000\u200b\n' }), '空'),
  rejected('a text as an object', row({ text: { a: 1 } }), '字符串'),
  rejected('a text as null', row({ text: null }), '缺少 text'),
  accepted('a very long text', row({ text: '水'.repeat(30_000) }), '20000'),
  accepted('no author', row({ author: null })),
  rejected('an author as a name', row({ author: '张三' }), 'author'),
  rejected('an unknown kind of author', row({ author: { kind: 'robot' } }), 'author.kind'),
  rejected('an unknown kind', row({ kind: 'video' }), 'kind'),
  rejected('an unknown key', row({ nickname: '张三' }), 'nickname'),
  accepted('epoch seconds', row({ time: 1_795_000_000 }), '按秒'),
  accepted('epoch milliseconds as a string', row({ time: '1795000000000' }), '按毫秒'),
  rejected('epoch microseconds', row({ time: 1_795_000_000_000_000 }), '微秒'),
  rejected('words for a time', row({ time: '3分钟前' }), '相对时间'),
  rejected('today', row({ time: '今天 08:30' }), '相对时间'),
  accepted('a time without zone', row({ time: '2026-11-20 21:03' }), '北京时间'),
  rejected('1970', row({ time: 0 }), '2000'),
  rejected('the year 9999', row({ time: '9999-12-31T00:00:00Z' }), '晚一天'),
  rejected('30 February', row({ time: '2026-02-30 10:00' }), '不存在'),
  accepted('a count in 万', row({ counts: { like: '1.2万' } }), '12000'),
  rejected('a negative count', row({ counts: { like: -1 } }), '负数'),
  rejected('a count in words', row({ counts: { like: '很多' } }), 'counts.like'),
  rejected('counts as a list', row({ counts: [1] }), 'counts'),
  rejected('topics as a word', row({ topics: '停水' }), 'topics'),
  // unicode and markup: taken as they are
  accepted('right-to-left override', row({ text: '停水\u202e了' })),
  accepted('joiners without end', row({ text: `停水${'\u200d'.repeat(5_000)}` })),
  accepted('ten thousand combining marks', row({ text: `停${'\u0301'.repeat(10_000)}` })),
  accepted('an image that runs a script', row({ text: '<img src=x onerror=alert(1)>' })),
  accepted('entities twice', row({ text: '&amp;lt;停水&amp;gt;' })),
  accepted('a script for a link', row({ url: 'javascript:alert(1)' }), 'url'),
  accepted('data for a link', row({ url: 'data:text/html,x' }), 'url'),
];

describe('rows as the world sends them', () => {
  let dir: string;
  let inbox: Inbox;
  let intake: Intake;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-malformed-'));
    inbox = openInbox(join(dir, 'inbox.sqlite'));
    intake = createIntake({ inbox, keyed: openPseudonyms(dir, systemClock).keyed, clock: { now: () => NOW } });
  });
  afterAll(async () => {
    await inbox.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const rowsOf = async (bytes: Buffer, name = 'rows.jsonl'): Promise<RawRow[]> => {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    const rows: RawRow[] = [];
    for await (const one of fileRows(path, fileTools)) rows.push(one);
    return rows;
  };

  test('there are at least forty kinds, each once', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(KINDS.map(({ kind }) => kind)).size).toBe(KINDS.length);
  });

  test.each(KINDS)('$kind: $outcome', async ({ kind, line, outcome, says }) => {
    const before = inbox.last();
    const letters = inbox.deadLetters(1_000).length;
    const rows = await rowsOf(
      Buffer.concat([`${GOOD}\n`, line, `\n${GOOD}\n`].map((part) => Buffer.from(part as string))),
    );
    // Each kind has its own platform, so that the good row before is new and the one after is its duplicate.
    const outcomes = await intake.accept(rows, '测试', kind);
    const odd = outcomes.find(({ row: number }) => number === 2);
    expect(outcomes.find(({ row: number }) => number === 1)?.outcome).toBe('accepted');
    expect(outcomes.find(({ row: number }) => number === 3)?.outcome).toBe('duplicate');
    expect(odd?.outcome).toBe(outcome === 'none' ? undefined : outcome);
    if (says !== undefined) expect(odd?.because ?? odd?.repaired?.join()).toContain(says);
    expect(odd?.because === undefined).toBe(outcome !== 'rejected');
    const of = (what: string): number => outcomes.filter((one) => one.outcome === what).length;
    expect(of('accepted') + of('duplicate') + of('rejected')).toBe(rows.length);
    expect(inbox.last() - before).toBe(of('accepted'));
    expect(inbox.deadLetters(1_000).length - letters).toBe(of('rejected'));
    for (const { post } of inbox.read(before, 10)) expect(post.text.isWellFormed()).toBe(true);
  });

  test('the tally is the sum of all of it', () => {
    const tally = inbox.tally().find(({ name }) => name === '测试');
    const odd = (outcome: Outcome): number => KINDS.filter((kind) => kind.outcome === outcome).length;
    expect(tally).toEqual({
      name: '测试',
      accepted: KINDS.length + odd('accepted'),
      duplicate: KINDS.length,
      rejected: odd('rejected'),
    });
  });

  test('whole files in other encodings are read', async () => {
    const text = `${GOOD}\r\n\r\n${row({})}\r\n`;
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const gbk = Buffer.from([0xc2, 0xb7, 0xb5, 0xc6, 0xbb, 0xb5, 0xc1, 0xcb]);
    const gb = Buffer.concat([Buffer.from('{"id":1,"time":"2026-11-20 21:03","text":"'), gbk, Buffer.from('"}\n')]);
    const textsOf = (rows: readonly RawRow[]): unknown[] =>
      rows.map((one) => ('value' in one ? (one.value as { text: string }).text : one.broken));
    const expected = ['路灯坏了', '西关外又停水了'];
    expect(textsOf(await rowsOf(Buffer.from(`\uFEFF${text}`)))).toEqual(expected);
    expect(textsOf(await rowsOf(little))).toEqual(expected);
    expect(textsOf(await rowsOf(Buffer.concat([Buffer.from([0xff, 0xfe]), little])))).toEqual(expected);
    expect(textsOf(await rowsOf(big))).toEqual(expected);
    expect(textsOf(await rowsOf(Buffer.concat([Buffer.from([0xfe, 0xff]), big])))).toEqual(expected);
    expect(textsOf(await rowsOf(gzipSync(text), 'rows.jsonl.gz'))).toEqual(expected);
    expect(textsOf(await rowsOf(gzipSync(text), 'misnamed.jsonl'))).toEqual(expected);
    expect(textsOf(await rowsOf(Buffer.concat([gb, gb])))).toEqual(['路灯坏了', '路灯坏了']);
  });

  test('a cut gzip file gives what it had, then says so', async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => row({ id: at, text: `第${(at * 7_919) % 20_011}户停水` }));
    const packed = gzipSync(lines.join('\n'));
    const path = join(dir, 'cut.jsonl.gz');
    writeFileSync(path, packed.subarray(0, packed.length >> 1));
    let count = 0;
    const read = async (): Promise<void> => {
      for await (const one of fileRows(path, fileTools)) if ('value' in one) count++;
    };
    await expect(read()).rejects.toThrow(SourceFault);
    expect(count).toBeGreaterThan(1_000);
  });

  test('an absent file and a folder are one sentence each', async () => {
    const read = async (path: string): Promise<void> => {
      for await (const one of fileRows(path, fileTools)) expect(one).toBeUndefined();
    };
    await expect(read(join(dir, 'none.jsonl'))).rejects.toThrow(/none\.jsonl.*没有这个文件/);
    await expect(read(dir)).rejects.toThrow(/文件夹/);
  });
});
