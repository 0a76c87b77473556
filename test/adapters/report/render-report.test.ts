import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeReport } from '../../../pipelines/6-report/compose-report.ts';
import { drawCard } from '../../../server/adapters/report/draw-card.ts';
import { paintDrawing } from '../../../server/adapters/report/paint-drawing.ts';
import { writeDocx } from '../../../server/adapters/report/write-docx.ts';
import type { Written } from '../../../server/adapters/report/write-html.ts';
import { writePdf } from '../../../server/adapters/report/write-pdf.ts';
import { describeLane } from '../../lane.ts';
import { readZipEntries } from '../../seeds/read-zip.ts';
import { aFile, anEntry, anIncident, HOUR, incidentId, WEEK, weekFacts } from '../../seeds/week-facts.ts';

const HOSTILE = '</w:t><script>alert(1)</script>&#0;\u0000\u202e{{=1+1}}';
const opened = WEEK.from + 30 * HOUR;
const REPORT = composeReport(
  weekFacts({
    incidents: [
      anEntry(anIncident({ id: incidentId('水库'), title: `网传水库泄洪${HOSTILE}`, openedAt: opened, rung: 'city' }), {
        place: '瀍河回族区',
        file: aFile(opened, {
          answers: [{ at: opened + HOUR, account: '洛阳应急', tier: 'city', act: 'answered', text: '没有泄洪' }],
        }),
      }),
    ],
  }),
);
const WRITTEN: Written = { signed: null, version: 1, comments: [], base: 'http://127.0.0.1:8080/' };
/** Programs of other people, where they are there. */
const POPPLER = 'pdftotext';
const OFFICE = 'soffice';
const runs = (command: string): boolean => spawnSync('which', [command], { stdio: 'ignore' }).status === 0;

test('every part of the Word file is well-formed XML, whatever the posts say', async () => {
  const entries = await readZipEntries(await writeDocx(REPORT, WRITTEN));
  const parts = [...entries].filter(([name]) => /\.(xml|rels)$/u.test(name));
  expect(parts.length).toBeGreaterThan(5);
  for (const [name, text] of parts) {
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw new Error(`${name}: ${error.message}`);
    });
    parser.write(text).close();
  }
});

test('the Word file shows the card’s curve as a picture', async () => {
  const entries = await readZipEntries(await writeDocx(REPORT, WRITTEN));
  expect([...entries.keys()].filter((name) => name.startsWith('word/media/')).length).toBeGreaterThanOrEqual(3);
  const card = REPORT.sections.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'card');
  if (card?.kind !== 'card') throw new Error('no card');
  const { png, width } = await paintDrawing(drawCard(card.card));
  expect(Buffer.from(png.subarray(1, 4)).toString('latin1')).toBe('PNG');
  expect(width).toBe(674);
});

describe('rendered by other programs', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-render-'));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  describeLane('the PDF by Poppler', runs(POPPLER) ? undefined : 'there is no pdftotext', () => {
    test('its text is Chinese that can be selected', async () => {
      const file = join(dir, 'report.pdf');
      writeFileSync(file, await writePdf(REPORT, WRITTEN));
      const read = spawnSync(POPPLER, ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
      for (const words of ['洛阳市政务新媒体扩散周报', '一页摘要', '瀍河回族区', '上周', '不列作者，不排转发'])
        expect(read).toContain(words);
    });
  });

  describeLane('the Word file by LibreOffice', runs(OFFICE) ? undefined : 'there is no LibreOffice', () => {
    test('it opens and holds the same words', async () => {
      const file = join(dir, 'report.docx');
      writeFileSync(file, await writeDocx(REPORT, WRITTEN));
      spawnSync(
        OFFICE,
        [
          '--headless',
          `-env:UserInstallation=file://${join(dir, 'profile')}`,
          '--convert-to',
          'txt:Text',
          '--outdir',
          dir,
          file,
        ],
        { stdio: 'ignore' },
      );
      const text = join(dir, 'report.txt');
      expect(existsSync(text)).toBe(true);
      const read = readFileSync(text, 'utf8');
      for (const words of ['洛阳市政务新媒体扩散周报', '重点事件', '瀍河回族区']) expect(read).toContain(words);
    });
  });
});
