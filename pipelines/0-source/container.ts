import { extname } from 'node:path';
import { detectEncoding } from './encoding.ts';
import type { Container } from './format.ts';

const SQLITE = Buffer.from('SQLite format 3\0', 'latin1');
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** A file's name without the ending that says it is packed. */
export const unpackedName = (path: string): string => path.replace(/\.gz$/i, '');

/** The beginning of a text in words, whatever it is encoded in. */
export function headText(head: Uint8Array): string {
  return new TextDecoder(detectEncoding(head)).decode(head, { stream: true });
}

/** How rows lie in a file, by its first bytes; the name decides only where JSON could be read both ways. */
export function containerOf(path: string, head: Uint8Array): Container {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.subarray(0, SQLITE.length).equals(SQLITE)) return 'sqlite';
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) return 'xlsx';
  const name = extname(unpackedName(path)).toLowerCase();
  const text = headText(bytes.subarray(0, 64 * 1024)).trimStart();
  if (name === '.csv' || name === '.tsv') return 'csv';
  const lines = name === '.jsonl' || name === '.ndjson';
  if (text.startsWith('{') || text.startsWith('[')) {
    if (lines) return 'lines';
    if (/^\{[^{}[\]]{0,300}"version"\s*:\s*"https?:\/\/jsonfeed\.org\//.test(text)) return 'feed';
    return text.startsWith('[') || !isLines(text) ? 'document' : 'lines';
  }
  if (lines || text === '') return 'lines';
  return text.startsWith('<') ? 'feed' : 'csv';
}

const HOLDS_ROWS = /"(?:weibo|items|RECORDS|rows|data|posts)"\s*:\s*\[/;

/** Whether a text that begins with `{` has one value a line, and not one value that holds all rows. */
function isLines(text: string): boolean {
  const end = text.indexOf('\n');
  const first = end === -1 ? text : text.slice(0, end);
  if (HOLDS_ROWS.test(first)) return false;
  // A single line longer than what was looked at.
  if (end === -1) return true;
  try {
    JSON.parse(first);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text.slice(end).trimStart().startsWith('{');
  }
}
