import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Checkpoint, Checkpoints } from '../../../pipelines/ports/checkpoints.ts';
import { followFolder } from '../../../pipelines/0-source/follow-folder.ts';
import { fileRows, streamRows } from '../../../pipelines/0-source/file.ts';
import { fileTools } from '../../../server/file-tools.ts';

let dir: string;
let kept: Map<string, Checkpoint>;
let taken: { row: number; id: unknown }[];
let faults: Map<string, number>;
let troubles: string[];
let dying: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-follow-'));
  kept = new Map();
  taken = [];
  faults = new Map();
  troubles = [];
  dying = Infinity;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const checkpoints: Checkpoints = {
  get: (_source, path) => kept.get(path),
  renamed(_source, file) {
    const found = [...kept].find(([, checkpoint]) => checkpoint.file === file);
    return found === undefined ? undefined : { path: found[0], checkpoint: found[1] };
  },
  keep: (_source, path, checkpoint) => void kept.set(path, checkpoint),
  forget: (_source, path) => void kept.delete(path),
};

const LATER = Date.parse('2040-01-01T00:00:00Z');
const look = (now = LATER) =>
  followFolder(
    {
      source: 's',
      dir,
      checkpoints,
      faults,
      onFault: (path, error) => troubles.push(`${path}: ${error.message}`),
      wholeRows: (path) => fileRows(path, fileTools),
      partRows: (path, bytes) => streamRows(path, bytes, fileTools),
      take: async (rows) => {
        if (--dying < 0) throw new Error('killed');
        for (const row of rows)
          taken.push({ row: row.row, id: 'broken' in row ? row.broken : (row.value as { id: unknown }).id });
        return Promise.resolve();
      },
    },
    now,
  );
const ids = () => taken.map(({ id }) => id);
const at = (name: string) => join(dir, name);
const line = (id: number | string) => `{"id":"${id}"}\n`;

test('takes what is there, then only what is added, numbered by line', async () => {
  writeFileSync(at('a.jsonl'), line(1) + line(2));
  await look();
  appendFileSync(at('a.jsonl'), line(3));
  await look();
  await look();
  expect(taken).toEqual([
    { row: 1, id: '1' },
    { row: 2, id: '2' },
    { row: 3, id: '3' },
  ]);
});

test('a last line without its end waits until it has one', async () => {
  writeFileSync(at('a.jsonl'), `${line(1)}{"id":`);
  await look();
  expect(ids()).toEqual(['1']);
  appendFileSync(at('a.jsonl'), '"2"}');
  await look();
  expect(ids()).toEqual(['1']);
  appendFileSync(at('a.jsonl'), '\n');
  await look();
  expect(ids()).toEqual(['1', '2']);
});

test('a table goes on under its header, a record over several lines is one, and half a record waits', async () => {
  writeFileSync(at('a.csv'), 'id,text,time\n1,停水,2026-11-20\n2,"两\n行",2026-11-20\n');
  await look();
  appendFileSync(at('a.csv'), '3,"第一行\n');
  await look();
  expect(ids()).toEqual(['1', '2']);
  appendFileSync(at('a.csv'), '第二行",2026-11-20\n4,来水,2026-11-20\n');
  await look();
  expect(ids()).toEqual(['1', '2', '3', '4']);
  expect(taken.map(({ row }) => row)).toEqual([2, 4, 6, 7]);
});

test('rotation: what was written before the rename is not lost, and the new file begins anew', async () => {
  writeFileSync(at('a.jsonl'), line(1));
  await look();
  appendFileSync(at('a.jsonl'), line(2));
  renameSync(at('a.jsonl'), at('a.jsonl.1'));
  writeFileSync(at('a.jsonl'), line(3));
  await look();
  await look();
  expect(ids().sort()).toEqual(['1', '2', '3']);
});

test('a file that was cut short and written anew is read from its beginning', async () => {
  writeFileSync(at('a.jsonl'), line(1) + line(2));
  await look();
  truncateSync(at('a.jsonl'), 0);
  appendFileSync(at('a.jsonl'), line(7));
  await look();
  expect(ids()).toEqual(['1', '2', '7']);
});

test('a file replaced by a longer one under the same name is read whole', async () => {
  writeFileSync(at('a.jsonl'), line(1));
  await look();
  unlinkSync(at('a.jsonl'));
  writeFileSync(at('a.jsonl'), line(8) + line(9));
  await look();
  expect(ids()).toEqual(['1', '8', '9']);
});

test('files in folders below are found; hidden ones, other names and what is still being written whole are not', async () => {
  mkdirSync(at('结果文件/停水'), { recursive: true });
  writeFileSync(at('结果文件/停水/a.jsonl'), line(1));
  writeFileSync(at('.a.jsonl'), line(2));
  writeFileSync(at('notes.md'), line(3));
  writeFileSync(at('b.json'), '[{"id":"4"}]');
  const written = Date.parse('2030-01-01T00:00:00Z');
  utimesSync(at('b.json'), written / 1_000, written / 1_000);
  await look(written + 1_000);
  expect(ids()).toEqual(['1']);
  await look(written + 3_000);
  await look(written + 3_000);
  expect(ids()).toEqual(['1', '4']);
});

test('a document that is written whole again is read whole again', async () => {
  writeFileSync(at('b.json'), '[{"id":"4"}]');
  await look();
  writeFileSync(at('b.json'), '[{"id":"4"},{"id":"5"}]');
  await look();
  expect(ids()).toEqual(['4', '4', '5']);
});

test('a line longer than any row is one refused row, and the next one is taken', async () => {
  writeFileSync(at('a.jsonl'), `${line(1)}{"id":"${'x'.repeat(11 * 1024 * 1024)}"}\n${line(2)}`);
  await look();
  expect(taken.map(({ row }) => row)).toEqual([1, 2, 3]);
  expect(String(taken[1]?.id)).toContain('10 MB');
  expect(taken[2]?.id).toBe('2');
});

test('a quote that nobody closed does not hold up the rows after it for ever', async () => {
  const rows = Array.from(
    { length: 120_000 },
    (_, n) => `${n},又停水了没有人来修这条街已经第三天没有水了孩子老人都在等,2026-11-20`,
  ).join('\n');
  writeFileSync(at('a.csv'), `id,text,time\nq,"没有关上的引号,2026-11-20\n${rows}\n`);
  await look();
  expect(taken.length).toBeGreaterThan(100_000);
});

test('a file that can not be read does not hold up the others, and is tried again after a minute', async () => {
  writeFileSync(at('a.json'), 'x');
  writeFileSync(at('b.jsonl'), line(1));
  await look(LATER);
  expect(ids()).toEqual(['1']);
  expect(troubles).toHaveLength(1);
  await look(LATER + 30_000);
  expect(troubles).toHaveLength(1);
  await look(LATER + 61_000);
  expect(troubles).toHaveLength(2);
});

test('what taking rows throws ends the look, and the checkpoint stays before them', async () => {
  writeFileSync(at('a.jsonl'), line(1));
  dying = 0;
  await expect(look()).rejects.toThrow('killed');
  dying = Infinity;
  await look();
  expect(ids()).toEqual(['1']);
  expect(troubles).toEqual([]);
});

test('however it is written, cut, rotated and looked at, no line is lost and none is read twice without a kill', async () => {
  const act = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        n: fc.integer({ min: 1, max: 4 }),
        half: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rotate' as const) }) },
  );
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
      rmSync(dir, { recursive: true, force: true });
      mkdirSync(dir, { recursive: true });
      kept.clear();
      taken = [];
      runs++;
      let next = 0;
      let rotated = 0;
      let open = '';
      const write = (text: string) => appendFileSync(at('a.jsonl'), text);
      for (const step of acts) {
        if (step.do === 'look') await look();
        else if (step.do === 'rotate') {
          if (open !== '') write(open);
          open = '';
          write('');
          renameSync(at('a.jsonl'), at(`a.jsonl.${++rotated}`));
        } else {
          if (open !== '') write(open);
          open = '';
          for (let n = 0; n < step.n; n++) write(line(next++));
          if (step.half) {
            const text = line(next++);
            write(text.slice(0, 5));
            open = text.slice(5);
          }
        }
      }
      if (open !== '') write(open);
      await look();
      expect(
        ids()
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual(Array.from({ length: next }, (_, n) => n));
    }),
    { numRuns: 60 },
  );
  expect(runs).toBeGreaterThanOrEqual(60);
});
