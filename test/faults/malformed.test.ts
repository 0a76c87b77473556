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
import { GOOD, KINDS, row } from './malformed-kinds.ts';
import type { Outcome } from './malformed-kinds.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
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

  test('there are at least sixty kinds, each once', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(60);
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
