import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zip } from './zip-file.ts';

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
  writeFileSync(at('bomb.xml.gz'), gzipSync(Buffer.concat([Buffer.from('<rss>'), Buffer.alloc(256 * MB, ' ')])));
  writeFileSync(at('deep.xml'), `<rss>${'<a>'.repeat(3 * MB)}`);
  writeLine(at('line.jsonl'), '{"id":"1","text":"');
  writeLine(at('line.json'), '[{"id":"1","text":"');
  writeLine(at('line.csv'), 'id,text,time\n1,');
  return [
    { name: 'gzip bomb of 256 MB', path: at('bomb.jsonl.gz') },
    { name: 'workbook bomb of 220 MB', path: at('bomb.xlsx'), usual: at('usual.xlsx') },
    { name: 'XML entity bomb', path: at('bomb.xml') },
    { name: 'packed feed of 256 MB', path: at('bomb.xml.gz') },
    { name: 'feed three million deep', path: at('deep.xml') },
    { name: 'line of 100 MB', path: at('line.jsonl') },
    { name: 'row of 100 MB in a JSON document', path: at('line.json') },
    { name: 'cell of 100 MB in a CSV', path: at('line.csv') },
  ];
}

/** A beginning, and 100 MB that go on from it. */
function writeLine(path: string, before: string): void {
  const file = openSync(path, 'w');
  writeSync(file, before);
  const piece = Buffer.alloc(MB, 'a');
  for (let written = 0; written < 100; written++) writeSync(file, piece);
  closeSync(file);
}

/** A workbook of one sheet. */
const workbook = (rows: string): Buffer =>
  zip({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}`,
  });
