import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeXlsx } from '../../../server/adapters/xlsx/write-xlsx.ts';
import { describeLane } from '../../lane.ts';
import { readZipEntries } from '../../seeds/read-zip.ts';

const COLUMNS = [
  { name: '时间', width: 17 },
  { name: '正文', width: 60 },
];
const ROWS = [
  ['2026-11-20 21:00', '=HYPERLINK("http://x.invalid","点我")'],
  ['+1', '<b>&"\'</b>_x000D_ \u0000\u202e\ud83d 😭'],
  ['', '  前后空白  \n第二行'],
  ['@SUM(A1)', '长'.repeat(40_000)],
];

async function* given(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows;
}
async function written(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeXlsx('检索', COLUMNS, given(rows))) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a workbook', () => {
  test('holds every cell as a text, none as a formula or a number, and marks what looks like a formula', async () => {
    const sheet = (await readZipEntries(await written(ROWS))).get('xl/worksheets/sheet1.xml')!;
    expect(sheet).not.toMatch(/<f[ >]|<v[ >]| t="(?!inlineStr)/u);
    expect(sheet).toContain('<c r="B2" s="1" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;');
    expect(sheet).toContain('<c r="A2" s="0"');
    expect(sheet).toContain("&lt;b&gt;&amp;&quot;'&lt;/b&gt;_x005F_x000D_");
    // eslint-disable-next-line no-control-regex -- what XML can't hold
    expect(sheet).not.toMatch(/[\u0000\u202e]/u);
    expect(sheet).not.toContain('长'.repeat(32_767));
    expect(sheet).toContain(`${'长'.repeat(32_766)}…`);
  });

  test('is taken row by row: nothing is read before it is wanted, and what fails in reading fails the file', async () => {
    let read = 0;
    const rows = async function* (): AsyncGenerator<readonly string[]> {
      for (; read < 3; read++) yield [String(read), '字'];
      throw new Error('the store went away');
    };
    const file = writeXlsx('检索', COLUMNS, rows());
    await file.next();
    expect(read).toBe(0);
    await expect(
      (async () => {
        for await (const piece of file) expect(piece.length).toBeGreaterThan(0);
      })(),
    ).rejects.toThrow('the store went away');
  });
});

/** Debian has the spreadsheet in a package of its own. */
const CALC = '/usr/lib/libreoffice/program/libsclo.so';
const office = process.env.SOFFICE_PATH ?? (existsSync(CALC) ? '/usr/bin/soffice' : undefined);
const missing = 'no LibreOffice Calc: apt-get install libreoffice-calc-nogui, or name a soffice in SOFFICE_PATH';
describeLane('LibreOffice', office === undefined ? missing : undefined, () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-xlsx-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('opens it, and saves the same texts again', async () => {
    writeFileSync(join(dir, 'search.xlsx'), await written(ROWS.slice(0, 3)));
    await promisify(execFile)(office!, [
      `-env:UserInstallation=file://${dir}/profile`,
      ...['--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', dir],
      join(dir, 'search.xlsx'),
    ]);
    const text = readFileSync(join(dir, 'search.csv'), 'utf8');
    expect(text).toContain('时间,正文');
    expect(text).toContain('2026-11-20 21:00,"=HYPERLINK(""http://x.invalid"",""点我"")"');
    expect(text).toContain(`+1,"<b>&""'</b>_x000D_`);
    expect(text).toContain('"  前后空白  \n第二行"');
  });
});
