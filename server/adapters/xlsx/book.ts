import type { Parts } from './zip-entries.ts';
import { readXml } from './read-xml.ts';

/** All words of a workbook together, in UTF-16 units: they have to be held, since rows only give their numbers. */
const MOST_SHARED = 20 * 1024 * 1024;
const MOST_SHEETS = 100;
const MOST_STYLES = 64_000;

export interface Book {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  /** Words by their numbers. */
  readonly shared: readonly string[];
  /** Styles that show a number as a date, by their numbers. */
  readonly dated: ReadonlySet<number>;
  /** Days count from 1904 instead of 1900. */
  readonly from1904: boolean;
}

const MAIN = 'xl/workbook.xml';
const drain = async (events: AsyncGenerator<void>): Promise<void> => {
  for await (const _ of events) {
    // Everything is done by the events.
  }
};

/** What must be known of a workbook before its rows are read. */
export async function readBook(parts: Parts): Promise<Book> {
  if (!parts.names.includes(MAIN)) throw new Error('这个压缩包不是 xlsx 工作簿');
  const targets = await targetsOf(parts);
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  await drain(
    readXml(parts.bytes(MAIN), {
      open(name, attributes) {
        if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
        if (name !== 'sheet' || sheets.length >= MOST_SHEETS) return;
        const part = targets.get(attributes['r:id'] ?? '');
        if (part !== undefined && parts.names.includes(part)) sheets.push({ name: attributes['name'] ?? '', part });
      },
    }),
  );
  return { sheets, from1904, shared: await sharedOf(parts), dated: await datedOf(parts) };
}

async function targetsOf(parts: Parts): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  const name = 'xl/_rels/workbook.xml.rels';
  if (!parts.names.includes(name)) return targets;
  await drain(
    readXml(parts.bytes(name), {
      open(tag, attributes) {
        const [id, target] = [attributes['Id'], attributes['Target']];
        if (tag !== 'Relationship' || id === undefined || target === undefined) return;
        targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
      },
    }),
  );
  return targets;
}

async function sharedOf(parts: Parts): Promise<readonly string[]> {
  const shared: string[] = [];
  const name = 'xl/sharedStrings.xml';
  if (!parts.names.includes(name)) return shared;
  let [held, inText, phonetic, size] = ['', false, false, 0];
  await drain(
    readXml(parts.bytes(name), {
      open(tag) {
        if (tag === 'si') held = '';
        if (tag === 'rPh') phonetic = true;
        inText = tag === 't' && !phonetic;
      },
      text(text) {
        if (!inText) return;
        held += text;
        size += text.length;
        if (size > MOST_SHARED) throw new Error('工作簿的文字超过 2000 万字，请另存为 CSV 后再导入');
      },
      close(tag) {
        if (tag === 't') inText = false;
        if (tag === 'rPh') phonetic = false;
        if (tag !== 'si') return;
        // Empty words cost room too.
        size += 8;
        shared.push(unescaped(held));
      },
    }),
  );
  return shared;
}

/** Formats of dates that every workbook knows by number. */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

async function datedOf(parts: Parts): Promise<ReadonlySet<number>> {
  const dated = new Set<number>();
  const name = 'xl/styles.xml';
  if (!parts.names.includes(name)) return dated;
  const own = new Map<number, boolean>();
  let [within, at] = [false, 0];
  await drain(
    readXml(parts.bytes(name), {
      open(tag, attributes) {
        if (tag === 'numFmt') own.set(Number(attributes['numFmtId']), isDate(attributes['formatCode'] ?? ''));
        if (tag === 'cellXfs') within = true;
        if (tag !== 'xf' || !within || at >= MOST_STYLES) return;
        const format = Number(attributes['numFmtId']);
        if (own.get(format) ?? BUILT_IN.some(([from, to]) => format >= from && format <= to)) dated.add(at);
        at++;
      },
      close(tag) {
        if (tag === 'cellXfs') within = false;
      },
    }),
  );
  return dated;
}

/** yyyy-mm-dd hh:mm is one, [红色]0.00 and "m" in quotes are none. */
const isDate = (code: string): boolean =>
  /[ymdhs年月日时分]/i.test(code.replace(/"[^"]*"|\[[^[\]]*\]|\\./g, '')) && !/^general$/i.test(code.trim());

/** _x000D_ is how workbooks write a carriage return. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
