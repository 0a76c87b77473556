import { looksLikeFormula } from '../../../pipelines/domain/csv-row.ts';
import { writeZip } from './write-zip.ts';

/** What a cell may hold, in UTF-16 units (ECMA-376, and what spreadsheets open). */
const MOST_SIGNS = 32_767;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export interface Column {
  readonly name: string;
  /** In characters of the default font. */
  readonly width: number;
}

/**
 * A workbook of one sheet, row by row, so that it never stands whole in memory. Every cell is a text: nothing is a formula, a link or a
 * number, and what looks like a formula is marked as quoted, so that editing it makes none of it either.
 */
export function writeXlsx(
  sheet: string,
  columns: readonly Column[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  return writeZip([
    { name: '[Content_Types].xml', text: [CONTENT_TYPES] },
    { name: '_rels/.rels', text: [relations('officeDocument', 'xl/workbook.xml')] },
    {
      name: 'xl/workbook.xml',
      text: [
        `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets>` +
          `<sheet name="${xmlText(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml')],
    },
    { name: 'xl/styles.xml', text: [STYLES] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetOf(columns, rows) },
  ]);
}

/** Styles by number: plain, quoted, head. */
const [PLAIN, QUOTED, HEAD] = [0, 1, 2];

async function* sheetOf(columns: readonly Column[], rows: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  yield (
    `${XML}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
  yield rowOf(
    columns.map(({ name }) => name),
    1,
    HEAD,
  );
  let number = 1;
  for await (const cells of rows) yield rowOf(cells, ++number);
  yield '</sheetData></worksheet>';
}

const rowOf = (cells: readonly string[], number: number, style?: number): string =>
  `<row r="${number}">${cells.map((cell, at) => cellOf(cell, `${letterOf(at)}${number}`, style)).join('')}</row>`;

function cellOf(text: string, place: string, style?: number): string {
  if (text === '') return '';
  const held = text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS - 1)}…` : text;
  return (
    `<c r="${place}" s="${style ?? (looksLikeFormula(held) ? QUOTED : PLAIN)}" t="inlineStr">` +
    `<is><t xml:space="preserve">${literal(xmlText(held))}</t></is></c>`
  );
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML can't hold at all, and marks that turn the reading order around. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const NEVER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;
const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(NEVER, '')
    .replace(/[&<>"]/gu, (sign) => SIGNS[sign]!);

/** `_x000D_` in a text would be read as the sign of that number (ECMA-376 part 1, 22.9.2.19): its first sign is written by number. */
const literal = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_');

const letterOf = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letterOf(Math.floor(at / 26) - 1) + letterOf(at % 26);

function relations(...pairs: readonly string[]): string {
  const each = Array.from(
    { length: pairs.length / 2 },
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${pairs[at * 2]}" Target="${pairs[at * 2 + 1]}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const CONTENT_TYPES =
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`;
const STYLES =
  `${XML}<styleSheet xmlns="${SHEETS}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">' +
  '<xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" applyNumberFormat="1" quotePrefix="1"/>' +
  '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>';
