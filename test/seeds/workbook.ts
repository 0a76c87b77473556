import { zip } from '../../bench/zip-file.ts';

export { zip } from '../../bench/zip-file.ts';

/** A cell: words shared or inline, a number, or a date as its serial number. */
export type Cell = string | number | { readonly date: number } | { readonly inline: string };

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const letter = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letter(Math.floor(at / 26) - 1) + letter(at % 26);

/** A workbook as spreadsheets write it: sheets by name, words shared, dates by style 1. */
export function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Buffer {
  const shared: string[] = [];
  const cellOf = (cell: Cell, place: string): string => {
    if (typeof cell === 'number') return `<c r="${place}"><v>${String(cell)}</v></c>`;
    if (typeof cell === 'string') {
      if (cell === '') return '';
      return `<c r="${place}" t="s"><v>${String(shared.push(cell) - 1)}</v></c>`;
    }
    if ('date' in cell) return `<c r="${place}" s="1"><v>${String(cell.date)}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t>${escape(cell.inline)}</t></is></c>`;
  };
  const bodies = Object.values(sheets).map((rows) => {
    const lines = rows.map((cells, at) => {
      const written = cells.map((cell, column) => cellOf(cell, `${letter(column)}${String(at + 1)}`)).join('');
      return `<row r="${String(at + 1)}">${written}</row>`;
    });
    return `<?xml version="1.0"?><worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
  });
  const names = Object.keys(sheets);
  return zip({
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${names
      .map((name, at) => `<sheet name="${escape(name)}" sheetId="${String(at + 1)}" r:id="rId${String(at + 1)}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, at) => `<Relationship Id="rId${String(at + 1)}" Target="worksheets/sheet${String(at + 1)}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${shared.map((text) => `<si><t>${escape(text)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(bodies.map((body, at) => [`xl/worksheets/sheet${String(at + 1)}.xml`, body])),
  });
}
