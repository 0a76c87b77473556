import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFault } from '../../pipelines/0-source/bytes.ts';
import { refusedFeed } from '../../pipelines/0-source/feed.ts';
import { fileRows, streamRows } from '../../pipelines/0-source/file.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { fileTools } from '../../server/file-tools.ts';
import { writeSqlite } from '../seeds/source-files.ts';
import { workbook, zip } from '../seeds/workbook.ts';

const MB = 1024 * 1024;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-bombs-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function read(name: string, bytes: Uint8Array | string): Promise<RawRow[]> {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  const rows: RawRow[] = [];
  for await (const row of fileRows(path, fileTools)) rows.push(row);
  return rows;
}

/** A stream that says how much of it was taken. */
function endless(mb: number, before: string, filler: string): { bytes: AsyncGenerator<Buffer>; taken: () => number } {
  let taken = 0;
  const piece = Buffer.alloc(64 * 1024, filler);
  const bytes = (async function* () {
    yield Buffer.from(before);
    for (; taken < mb * MB; taken += piece.length) yield piece;
  })();
  return { bytes, taken: () => taken };
}

describe('gzip', () => {
  test.each(['bomb.jsonl.gz', 'bomb.csv.gz', 'bomb.xml.gz', 'bomb.json.gz'])(
    '%s is refused by its ratio',
    async (name) => {
      const start = { csv: 'id,text,time\n', xml: '<rss>', json: '[', jsonl: '' }[name.split('.')[1] ?? ''] ?? '';
      const bomb = gzipSync(
        Buffer.concat([Buffer.from(start), Buffer.alloc(16 * MB, name.includes('csv') ? `${'1'.repeat(999)}\n` : ' ')]),
      );
      expect(bomb.length).toBeLessThan(MB);
      await expect(read(name, bomb)).rejects.toThrow(SourceFault);
      await expect(read(name, bomb)).rejects.toThrow(/压缩|10 MB/);
    },
  );

  test('dull but honest rows are no bomb', async () => {
    const row = JSON.stringify({ id: 1, text: '停水停水停水停水', time: '2026-11-20' });
    const rows = await read(
      'dull.jsonl.gz',
      gzipSync(Array.from({ length: 20_000 }, (_, at) => row.replace('1', String(at))).join('\n')),
    );
    expect(rows).toHaveLength(20_000);
  });
});

describe('workbooks', () => {
  test('a sheet that unpacks a thousandfold is refused', async () => {
    const bomb = zip({
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row></row>'.repeat(MB)}`,
    });
    expect(bomb.length).toBeLessThan(MB);
    await expect(read('sheet.xlsx', bomb)).rejects.toThrow(/sheet\.xlsx.*压缩/);
  });

  test('one whose directory says less than there is ends where its own figure does', async () => {
    const liar = zip(
      {
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row></row>'.repeat(MB)}`,
      },
      1_000,
    );
    await expect(read('liar.xlsx', liar)).rejects.toThrow(/liar\.xlsx.*与目录所说的不符/);
  });

  test('words that unpack a thousandfold are refused', async () => {
    const bomb = zip({
      'xl/workbook.xml': '<workbook/>',
      'xl/sharedStrings.xml': `<sst>${'<si><t>停水停水停水停水</t></si>'.repeat(MB / 8)}</sst>`,
    });
    await expect(read('shared.xlsx', bomb)).rejects.toThrow(/shared\.xlsx.*(?:压缩|2000 万)/);
  });

  test('one cell without end, a DTD with entities, and a sheet of a million columns are refused', async () => {
    const parts = (
      sheet: string,
      book = '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
    ) => ({
      'xl/workbook.xml': book,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheet,
    });
    let sign = 1;
    const next = (): number => (sign = (sign * 48_271) % 2_147_483_647);
    const noise = Array.from({ length: 3 * MB }, () => String.fromCharCode(97 + (next() % 23))).join('');
    await expect(read('cell.xlsx', zip(parts(`<sheetData><row><c t="str"><v>${noise}`)))).rejects.toThrow(/1 MB|损坏/);
    await expect(
      read('dtd.xlsx', zip(parts('', '<!DOCTYPE a [<!ENTITY x "y">]><workbook>&x;</workbook>'))),
    ).rejects.toThrow(/DTD/);
    await expect(
      read(
        'wide.xlsx',
        zip(parts('<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>')),
      ),
    ).rejects.toThrow(/1000 列/);
  });

  test('a hundred thousand names in a zip, and a zip within a zip, are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`x${at}`, '']));
    await expect(read('many.xlsx', zip(many))).rejects.toThrow(/3000 个文件/);
    await expect(read('nested.xlsx', zip({ 'inner.zip': workbook({ a: [['x']] }) }))).rejects.toThrow(/不是 xlsx/);
  });
});

describe('feeds', () => {
  const lol = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');

  test.each([
    [
      'entities',
      `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">${lol}]><rss><channel><title>&l9;</title></channel></rss>`,
    ],
    ['outside', '<!DOCTYPE r SYSTEM "http://a.example/x.dtd" [<!ELEMENT r ANY>]><rss/>'],
    ['file', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>'],
    ['deep', `<rss>${'<a>'.repeat(100_000)}`],
    ['large', `<rss>${' '.repeat(11 * MB)}</rss>`],
  ])('%s: refused before anything is parsed', async (name, text) => {
    expect(refusedFeed(text)).toBeDefined();
    await expect(read(`${name}.xml`, text)).rejects.toThrow(SourceFault);
  });

  test('an honest feed with thousands of items, empty elements and marks in attributes is not refused', () => {
    const item = '<item><title a="x>y">停水</title><media:thumbnail url="https://a.example/x"/><br/></item>';
    expect(refusedFeed(`<rss><channel>${item.repeat(5_000)}</channel></rss>`)).toBeUndefined();
    expect(
      refusedFeed(`<rss><channel><item><![CDATA[${'<a>'.repeat(5_000)}]]></item></channel></rss>`),
    ).toBeUndefined();
  });
});

describe('a line of 100 MB', () => {
  test('among JSON Lines is one refused row that keeps its beginning only', async () => {
    const { bytes } = endless(100, '{"id":1,"text":"停水","time":"2026-11-20"}\n{"text":"', 'a');
    const rows: RawRow[] = [];
    for await (const row of streamRows('a.jsonl', bytes, fileTools)) rows.push(row);
    expect(rows.map((row) => [row.row, 'broken' in row])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(rows[1]?.raw.length).toBeLessThanOrEqual(64 * 1024);
  });

  test.each([
    ['a.json', '[{"id":1,"text":"停水","time":"2026-11-20"},{"text":"'],
    ['b.csv', 'id,text,time\n1,停水,2026-11-20\n2,'],
    ['c.csv', 'id,text,time\n1,停水,2026-11-20\n2,"'],
  ])('in %s (%s…) is one refused row', async (name, before) => {
    const { bytes } = endless(30, before, 'a');
    const rows: RawRow[] = [];
    for await (const row of streamRows(name, bytes, fileTools)) rows.push(row);
    expect(rows.filter((row) => 'broken' in row)).toHaveLength(1);
    expect(rows.filter((row) => 'value' in row)).toHaveLength(1);
  });

  test('as a feed is refused after 10 MB of it', async () => {
    const { bytes, taken } = endless(100, '<rss>', ' ');
    const all = async (): Promise<void> => {
      for await (const row of streamRows('a.xml', bytes, fileTools)) expect(row).toBeUndefined();
    };
    await expect(all()).rejects.toThrow(/10 MB/);
    expect(taken()).toBeLessThan(12 * MB);
  });
});

test('a SQLite cell of 12 MB is a refused row; its neighbours are read', async () => {
  const path = writeSqlite(dir, '2026-11-20.db', {
    news_items: {
      columns: ['title', 'platform_id', 'rank', 'first_crawl_time'],
      rows: [
        ['停水', 'weibo', 1, '09:30'],
        ['水'.repeat(4 * MB), 'weibo', 2, '09:30'],
        ['路灯', 'weibo', 3, '09:30'],
      ],
    },
  });
  const rows: RawRow[] = [];
  for await (const row of fileRows(path, fileTools)) rows.push(row);
  expect(rows.map((row) => 'broken' in row)).toEqual([false, true, false]);
});
