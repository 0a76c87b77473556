import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { importFiles, sourceNameOf } from '../../server/cli/import.ts';
import { replay } from '../../server/cli/replay.ts';
import { createIntake } from '../../server/intake.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const line = (id: number, more: object = {}): string =>
  JSON.stringify({ id, text: `第${id}条`, time: '2026-11-20T21:03:05+08:00', ...more });

describe('import', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-import-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const run = async (...files: string[]) => {
    const inbox = openInbox(join(dir, 'inbox.sqlite'));
    const intake = createIntake({ inbox, keyed: (value) => `k${value.length}`, clock: { now: () => NOW } });
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await importFiles(
      files,
      { format: 'auto' },
      { accept: (...of) => intake.accept(...of), stdout, stderr },
    );
    const stored = inbox.read(0, 10_000).length;
    await inbox.close();
    const lines = String(stdout.read() ?? '')
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as Record<string, unknown>);
    return { code, stored, lines, said: String(stderr.read() ?? '') };
  };
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(dir, name);
    writeFileSync(path, lines.join('\n'));
    return path;
  };

  test('takes a file once, however often it is imported', async () => {
    const file = write(
      '东关.jsonl',
      Array.from({ length: 1_234 }, (_, at) => line(at)),
    );
    const first = await run(file);
    expect(first).toMatchObject({ code: 0, stored: 1_234 });
    expect(first.lines).toEqual([
      {
        ...{ file, format: 'canonical', rows: 1_234, accepted: 1_234, duplicate: 0, rejected: 0, repaired: 0 },
        repairs: {},
      },
    ]);
    expect(first.said).toContain('认作 规范帖文');
    expect((await run(file)).lines[0]).toMatchObject({ accepted: 0, duplicate: 1_234 });
  });

  test('answers 3 where rows were refused, and names line and reason', async () => {
    const { code, said, lines } = await run(
      write('a.jsonl', [line(1), '{"id":2}', line(3, { time: '2026-11-20 21:03' })]),
    );
    expect(code).toBe(3);
    expect(said).toContain('第 2 行未收：缺少 text');
    expect(lines[0]).toMatchObject({ rows: 3, accepted: 2, rejected: 1, repaired: 1, repairs: { 'zone-assumed': 1 } });
  });

  test('answers 1 where a file could not be read, after taking the others', async () => {
    const { code, stored, said } = await run(
      join(dir, 'none.jsonl'),
      write('a.csv', ['id,text', '1,停水']),
      write('b.jsonl', [line(1)]),
    );
    expect(code).toBe(1);
    expect(stored).toBe(1);
    expect(said).toContain('没有这个文件');
    expect(said).toContain('缺少：time');
  });

  test('names a source after its file', () => {
    expect(sourceNameOf('/a/东关.2026-11.jsonl.gz')).toBe('东关.2026-11');
    expect(sourceNameOf('posts.csv')).toBe('posts');
    expect(sourceNameOf('.jsonl')).toBe('import');
  });
});

describe('replay', () => {
  const rows = async function* (seconds: readonly (number | null)[]): AsyncGenerator<RawRow> {
    for (const [at, second] of seconds.entries()) {
      const time = second === null ? undefined : new Date(NOW - 86_400_000 + second * 1_000).toISOString();
      yield { row: at + 1, value: { id: at, text: '停水', time }, raw: '' };
    }
  };
  const play = async (seconds: readonly (number | null)[], speed: number | 'max'): Promise<[number, number[]][]> => {
    let now = NOW;
    const batches: [number, number[]][] = [];
    await replay(rows(seconds), {
      speed,
      clock: { now: () => now },
      sleep: async (ms) => {
        now += ms;
      },
      accept: async (batch) => batches.push([now - NOW, batch.map(({ row }) => row)]),
    });
    return batches;
  };

  test('hands rows on when their time comes, those of a tenth of a second together', async () => {
    expect(await play([0, 0, 60, 61, 120, 1_200], 60)).toEqual([
      [0, [1, 2]],
      [1_000, [3]],
      [1_100, [4]],
      [2_000, [5]],
      [20_000, [6]],
    ]);
  });

  test('rows that are late or have no time go with their neighbours', async () => {
    expect(await play([10, null, 5, 20], 1)).toEqual([
      [0, [1, 2, 3]],
      [10_000, [4]],
    ]);
  });

  test('at most speed waits for nothing and hands on 500 at a time', async () => {
    const batches = await play(
      Array.from({ length: 1_100 }, (_, at) => at),
      'max',
    );
    expect(batches.map(([at, batch]) => [at, batch.length])).toEqual([
      [0, 500],
      [0, 500],
      [0, 100],
    ]);
  });
});
