import { headText } from './container.ts';
import type { Container, TableShape } from './format.ts';
import { JsonSplitter } from './json-splitter.ts';

/** Objects whose keys are looked at. */
const LOOKED_AT = 20;

/** What can be told of a file's tables and columns from its first bytes. */
export function sampleTables(container: Container, head: Uint8Array): readonly TableShape[] {
  switch (container) {
    case 'lines':
      return [{ name: '', columns: keysOf(headText(head).split('\n', LOOKED_AT)) }];
    case 'document':
      return tablesOfDocument(Buffer.from(headText(head), 'utf8'));
    case 'csv':
      return [{ name: '', columns: headerOf(headText(head)) }];
    case 'sqlite':
      return tablesOfSchema(new TextDecoder().decode(head));
    case 'xlsx':
    case 'feed':
      return [];
  }
}

/** The keys of the objects among some texts, in the order they are met. */
function keysOf(texts: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const text of texts) for (const key of Object.keys(objectIn(text) ?? {})) keys.add(key);
  return [...keys];
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF+/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    // Reading it will say so, line by line.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function tablesOfDocument(utf8: Buffer): readonly TableShape[] {
  const splitter = new JsonSplitter();
  const pieces = splitter.push(utf8);
  const elements = pieces.filter(({ kind }) => kind === 'element').slice(0, LOOKED_AT);
  if (elements.length === 0) return [{ name: '', columns: pieces.map(({ member }) => member) }];
  const name = elements[0]?.member ?? '';
  return [{ name, columns: keysOf(elements.map(({ bytes }) => bytes.toString('utf8'))) }];
}

/** The cells of the first line, as far as quotes allow. */
function headerOf(text: string): readonly string[] {
  const line = /^[\uFEFF]?([^\r\n]*)/.exec(text)?.[1] ?? '';
  const mark = [',', '\t', ';'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));
  return line.split(mark).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** Tables as far as their CREATE statements lie in the first pages. */
function tablesOfSchema(text: string): readonly TableShape[] {
  return text
    .split(/CREATE TABLE /i)
    .slice(1)
    .map((statement) => {
      const name = /^(?:IF NOT EXISTS )?["`[]?(\w+)/i.exec(statement)?.[1] ?? '';
      const body = statement.slice(statement.indexOf('(') + 1, 8_192);
      return { name, columns: [...body.matchAll(/(?:^|,)\s*["`[]?(\w+)/g)].map((column) => column[1] ?? '') };
    });
}
