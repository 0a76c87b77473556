import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { EVIL } from '../seeds/hostile-strings.ts';
import { readZipEntries } from '../seeds/read-zip.ts';

const WEEK = '2026-W47';

/** Every kind of file that leaves the office, over the hostile office's own data. @throws Error where one is not given */
export async function readFiles(url: string): Promise<Readonly<Record<FileName, Buffer>>> {
  const get = async (path: string): Promise<Buffer> => {
    const answer = await fetch(`${url}/api/v1/${path}`);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    if (answer.headers.has('set-cookie')) throw new Error(`${path} sets a cookie`);
    return Buffer.from(await answer.arrayBuffer());
  };
  const made = await fetch(`${url}/api/v1/reports/${WEEK}`, { method: 'POST' });
  if (!made.ok) throw new Error(`the report was not made: ${await made.text()}`);
  return {
    searchCsv: await get('posts/export?format=csv'),
    searchXlsx: await get('posts/export?format=xlsx'),
    matrixCsv: await get('matrix/export?format=csv'),
    reportHtml: await get(`reports/${WEEK}/file?format=html`),
    reportDocx: await get(`reports/${WEEK}/file?format=docx`),
    reportPdf: await get(`reports/${WEEK}/file?format=pdf`),
    reportCsv: await get(`reports/${WEEK}/file?format=csv`),
  };
}

type FileName = 'searchCsv' | 'searchXlsx' | 'matrixCsv' | 'reportHtml' | 'reportDocx' | 'reportPdf' | 'reportCsv';

/** Cells that a spreadsheet would compute. */
export function faultsInCsv(bytes: Buffer): string[] {
  const rows = parse(bytes, { bom: true, relaxColumnCount: true, columns: false });
  // eslint-disable-next-line no-control-regex -- NUL is what is looked for
  const formula = /^[\s\u0000]*[=+\-@＝＋－＠\t\r]/u;
  return rows.flat().filter((cell) => formula.test(cell) && !/^-?\d+(?:\.\d+)?%?$/u.test(cell));
}

/** Parts of a Word or Excel file that are no XML, that compute, run or include, or that load from elsewhere. */
export async function faultsInOffice(bytes: Buffer): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, text] of await readZipEntries(bytes)) {
    if (!/\.(?:xml|rels)$/u.test(name)) continue;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', () => faults.push(`${name}: a document type`));
    let within = '';
    // The number of a page is the one field that is ours.
    parser.on('text', (said) => {
      if (within === 'w:instrText' && !/^\s*(?:PAGE|NUMPAGES)\s*$/u.test(said)) faults.push(`${name}: ${said}`);
    });
    parser.on('opentag', ({ name: tag, attributes }) => {
      within = tag;
      if (/^(?:f|w:fldSimple|w:object|w:altChunk|oleObjects|ddeLink)$/u.test(tag)) faults.push(`${name}: <${tag}>`);
      const target = attributes['Target'];
      if (typeof target === 'string' && target.includes(EVIL)) faults.push(`${name}: opens ${target}`);
    });
    try {
      parser.write(text).close();
    } catch (error) {
      faults.push(`${name}: ${String(error)}`);
    }
  }
  return faults;
}

/** Actions of a PDF. Dictionaries stand unpacked in what pdfmake writes; texts are packed or in strings of signs by number. */
export function faultsInPdf(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  return ['/JavaScript', '/JS ', '/OpenAction', '/Launch', '/EmbeddedFile', '/AA ', '/SubmitForm', EVIL].filter(
    (word) => text.includes(word),
  );
}
