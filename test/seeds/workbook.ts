import { crc32Of } from './crc32.ts';
import { deflateRawSync } from 'node:zlib';

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

/** A zip file of parts. */
export function zip(parts: Readonly<Record<string, string | Buffer>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32Of(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed]);
    const entry = Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'),
      fields,
      Buffer.alloc(14),
      Buffer.from(name),
    ]);
    entry.writeUInt32LE(offset, 42);
    local.push(head);
    central.push(entry);
    offset += head.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
