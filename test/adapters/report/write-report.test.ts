import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { composeReport } from '../../../pipelines/6-report/compose-report.ts';
import { escapeText } from '../../../server/adapters/report/escape-text.ts';
import { fontCharacters } from '../../../server/adapters/report/font-characters.ts';
import { writeCsv } from '../../../server/adapters/report/write-csv.ts';
import { writeDocx } from '../../../server/adapters/report/write-docx.ts';
import { writeHtml, type Written } from '../../../server/adapters/report/write-html.ts';
import { writePdf } from '../../../server/adapters/report/write-pdf.ts';
import { readZipEntries } from '../../seeds/read-zip.ts';
import { packageRoot } from '../../../server/package-root.ts';
import { aFile, anEntry, anIncident, HOUR, incidentId, WEEK, weekFacts } from '../../seeds/week-facts.ts';

const ATTACK = '=HYPERLINK("http://evil")<script>alert(1)</script><img src=x onerror=alert(1)>\u202e';
const opened = WEEK.from + 30 * HOUR;
const REPORT = composeReport(
  weekFacts({
    drill: true,
    incidents: [
      anEntry(anIncident({ id: incidentId('水库'), title: `水库传言${ATTACK}`, openedAt: opened, rung: 'city' }), {
        place: '瀍河回族区',
        file: aFile(opened, {
          answers: [{ at: opened + HOUR, account: '洛阳应急', tier: 'city', act: 'answered', text: '没有泄洪' }],
        }),
        voices: [{ label: '问', share: 0.3, text: ATTACK, copies: 3, post: 'p9' as never }],
      }),
    ],
  }),
);
const WRITTEN: Written = {
  signed: { by: '审签人', at: WEEK.to + 9 * HOUR },
  version: 2,
  comments: [{ slot: 'summary', text: `按语${ATTACK}`, by: '审签人', at: WEEK.to }],
  base: 'http://127.0.0.1:8080/',
};

describe('the written report', () => {
  test('is one HTML page without any script, whatever the posts say', () => {
    const html = writeHtml(REPORT, WRITTEN);
    const tags = html.replaceAll(/"[^"]*"/gu, '""');
    expect(/<script|<img|<[^<>]*\son\w+=|\u202e/iu.exec(tags)?.[0]).toBeUndefined();
    expect(/="\s*javascript:/iu.exec(html)?.[0]).toBeUndefined();
    expect(html).toContain(escapeText('<script>alert(1)</script>'));
    expect(html).toContain('第2稿，审签人');
    expect(html).toContain('演练，内容全属虚构');
    for (const { title } of REPORT.sections) expect(html).toContain(title);
  });

  test('every link of it leads to the server it came from', () => {
    const hrefs = [...writeHtml(REPORT, WRITTEN).matchAll(/href="([^"]+)"/gu)].map(([, href]) => href);
    expect(hrefs.length).toBeGreaterThan(20);
    expect(hrefs.filter((href) => href?.startsWith('http://127.0.0.1:8080/') !== true)).toEqual([]);
  });

  test('as CSV has the same numbers, and no cell that a spreadsheet would run', () => {
    const rows: string[][] = parse(writeCsv(REPORT, WRITTEN.base), { bom: true });
    expect(rows[0]).toEqual(['节', '项', '行', '列', '数值', '文字', '证据']);
    expect(rows.filter((row) => row.some((cell) => /^[\s]*[=+\-@]/u.test(cell)))).toEqual([]);
    const tile = rows.find((row) => row[2] === '新增事件');
    expect(tile?.[4]).toBe('1');
    const table = REPORT.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
    const numbers = table.flatMap(({ value }) => (value === null ? [] : [String(value)]));
    expect(rows.map((row) => row[4]).filter((cell) => cell !== '')).toEqual(expect.arrayContaining(numbers));
  });

  test('as a Word file holds the same words and its links', async () => {
    const entries = await readZipEntries(await writeDocx(REPORT, WRITTEN));
    const document = entries.get('word/document.xml') ?? '';
    for (const { title } of REPORT.sections) expect(document).toContain(title);
    expect(document).toContain('&lt;script&gt;');
    expect(document).toContain('瀍河回族区');
    expect(entries.get('word/_rels/document.xml.rels')).toContain('http://127.0.0.1:8080/wall#/incident/');
  });

  test('as PDF carries its own Chinese font and no action', async () => {
    const pdf = Buffer.from(await writePdf(REPORT, WRITTEN)).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-Regular/u);
    expect(pdf).toContain('/ToUnicode');
    expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/EmbeddedFile/u);
  });

  test('its font draws every name of the gazetteer', () => {
    const known = fontCharacters(join(packageRoot(), 'server/adapters/report/fonts/NotoSansSC-Regular.ttf'));
    const gazetteer = readFileSync(join(packageRoot(), 'pipelines/2-understand/gazetteer/divisions.txt'), 'utf8');
    expect([...new Set(gazetteer)].filter((sign) => sign > ' ' && !known.has(sign.codePointAt(0)!))).toEqual([]);
  });
});
