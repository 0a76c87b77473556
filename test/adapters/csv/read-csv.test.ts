import { expect, test } from 'vitest';
import type { TableRow } from '../../../pipelines/ports/source.ts';
import { readCsv } from '../../../server/adapters/csv/read-csv.ts';

async function* piecesOf(text: string, size = 1_000_000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function tableOf(text: string, size?: number): Promise<{ columns: readonly string[]; rows: TableRow[] }> {
  const table = await readCsv(piecesOf(text, size));
  const rows: TableRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { columns: table.columns, rows };
}
const cellsOf = (rows: readonly TableRow[]): unknown[] => rows.map((row) => ('cells' in row ? row.cells : row.broken));

test('gives the header and the cells as they are written, with the line a record ends on', async () => {
  const { columns, rows } = await tableOf('id,text,time\r\na,"停水,了",2026-11-20\r\nb,"一\n二",\r\n');
  expect(columns).toEqual(['id', 'text', 'time']);
  expect(cellsOf(rows)).toEqual([
    ['a', '停水,了', '2026-11-20'],
    ['b', '一\n二', ''],
  ]);
  expect(rows.map(({ row }) => row)).toEqual([2, 4]);
});

test.each([1, 3, 100])('is the same in pieces of %i bytes', async (size) => {
  const { rows } = await tableOf('编号;正文\n1;路灯\n2;"积;水"\n', size);
  expect(cellsOf(rows)).toEqual([
    ['1', '路灯'],
    ['2', '积;水'],
  ]);
});

test('knows a mark, tabs, empty lines, and a header printed again', async () => {
  const { columns, rows } = await tableOf('\uFEFF编号\t正文\n1\t一\n编号\t正文\n\n2\t二\n');
  expect(columns).toEqual(['编号', '正文']);
  expect(cellsOf(rows)).toEqual([
    ['1', '一'],
    ['2', '二'],
  ]);
});

test('rows longer or shorter than the header come as they are: what that means is for the format to say', async () => {
  const { rows } = await tableOf('a,b\n1\n1,2,3\n');
  expect(cellsOf(rows)).toEqual([['1'], ['1', '2', '3']]);
});

test('a stray quote spoils its own row at most', async () => {
  const { rows } = await tableOf('id,text\n1,"停"水\n2,好\n');
  expect(cellsOf(rows).at(-1)).toEqual(['2', '好']);
});

test('a quote never closed is said, and what came before it is read', async () => {
  const { rows } = await tableOf('id,text\n1,好\n2,"停水\n3,好\n');
  expect(rows).toHaveLength(2);
  expect(cellsOf(rows)[0]).toEqual(['1', '好']);
  expect(rows[1]).toHaveProperty('broken');
});

test('an empty file is a table without columns', async () => {
  expect(await tableOf('')).toEqual({ columns: [], rows: [] });
});

test('a record of more than 1 MB is one broken row and is not held', async () => {
  const { rows } = await tableOf(`id,text\n1,好\n2,${'水'.repeat(1_000_000)}\n3,好\n`, 65_536);
  expect(cellsOf(rows)[0]).toEqual(['1', '好']);
  expect(rows.filter((row) => 'broken' in row).map((row) => 'broken' in row && row.broken)).toEqual([
    expect.stringContaining('1 MB') as string,
  ]);
  expect(rows.every((row) => row.raw.length <= 64 * 1024)).toBe(true);
});
