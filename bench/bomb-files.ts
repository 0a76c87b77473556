import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';

const MB = 1024 * 1024;

export interface BombFile {
  readonly name: string;
  readonly path: string;
  /** An honest file of the same kind, so that what is measured is the bomb and not the loading of a reader. */
  readonly usual?: string;
}

/** Files that unpack, expand or go on far beyond what they look like. */
export function bombFiles(dir: string): readonly BombFile[] {
  const at = (name: string): string => join(dir, name);
  writeFileSync(at('bomb.jsonl.gz'), gzipSync(Buffer.alloc(256 * MB, ' ')));
  writeFileSync(at('bomb.xlsx'), workbook('<row></row>'.repeat(20 * MB)));
  writeFileSync(
    at('usual.xlsx'),
    workbook('<row r="1"><c t="str"><v>id</v></c><c t="str"><v>text</v></c></row></sheetData></worksheet>'),
  );
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  writeFileSync(
    at('bomb.xml'),
    `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">${entities}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>`,
  );
  const file = openSync(at('line.jsonl'), 'w');
  writeSync(file, '{"id":"1","text":"');
  const piece = Buffer.alloc(MB, 'a');
  for (let written = 0; written < 100; written++) writeSync(file, piece);
  closeSync(file);
  return [
    { name: 'gzip bomb of 256 MB', path: at('bomb.jsonl.gz') },
    { name: 'workbook bomb of 220 MB', path: at('bomb.xlsx'), usual: at('usual.xlsx') },
    { name: 'XML entity bomb', path: at('bomb.xml') },
    { name: 'line of 100 MB', path: at('line.jsonl') },
  ];
}

/** A workbook of one sheet. The check sums are left out: readers look at them, if at all, at the end of a part. */
function workbook(rows: string): Buffer {
  const parts: readonly (readonly [string, string])[] = [
    ['xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${rows}`],
  ];
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(Buffer.byteLength(content), 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'),
      fields,
      Buffer.alloc(14),
      Buffer.from(name),
    ]);
    entry.writeUInt32LE(offset, 42);
    central.push(entry);
    local.push(Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), packed]));
    offset += local.at(-1)?.length ?? 0;
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
