import { isUtf8 } from 'node:buffer';
import type { RawRow } from '../ports/source.ts';
import type { Fields } from './format.ts';
import { JsonSplitter, ROW_MEMBERS } from './json-splitter.ts';
import type { Piece } from './json-splitter.ts';

const RAW = 64 * 1024;

/** A row of a JSON document, with the members around its array that came before it. */
export interface DocumentRow {
  readonly row: RawRow;
  /** The member whose array it is of; empty where the array, or one object, is the document. */
  readonly member: string;
  readonly members: Fields;
}

/**
 * The rows of one JSON document in UTF-8: the elements of an array, or of the array in one of ROW_MEMBERS; where there is none,
 * the object itself is the one row. A row that is no JSON is a broken one and the others go on; a document that was cut off, or
 * goes on after its end, says so in a broken row of its own.
 */
export async function* jsonDocument(utf8: AsyncIterable<Buffer>): AsyncGenerator<DocumentRow> {
  const splitter = new JsonSplitter();
  const members = Object.create(null) as Record<string, unknown>;
  const odd: RawRow[] = [];
  let rows = 0;
  let held = 0;
  const take = (piece: Piece): DocumentRow | undefined => {
    if (piece.kind === 'element') {
      rows++;
      return { row: rowOf(rows, piece.bytes, piece.overlong), member: piece.member, members };
    }
    held += piece.bytes.length;
    const member = rowOf(1, piece.bytes, piece.overlong || held > RAW * 160);
    if ('value' in member) members[piece.member] = member.value;
    else odd.push(member);
    return undefined;
  };
  for await (const chunk of utf8) {
    for (const piece of splitter.push(chunk)) {
      const row = take(piece);
      if (row !== undefined) yield row;
    }
    if (splitter.unfinished === 'not JSON') break;
  }
  const broken = (because: string, raw = ''): DocumentRow => ({
    row: { row: rows + 1, broken: because, raw },
    member: '',
    members,
  });
  const { unfinished } = splitter;
  if (unfinished !== undefined) {
    const cut = unfinished === 'cut';
    yield broken(
      cut ? 'JSON 到这里就断了，没有结束，请重新导出' : '从这里起不是 JSON，请检查文件',
      splitter.rest.toString('utf8', 0, RAW),
    );
    return;
  }
  const isRow = rows === 0 && !Object.keys(members).some((key) => ROW_MEMBERS.includes(key));
  if (odd[0] !== undefined) yield { row: { ...odd[0], row: rows + 1 }, member: '', members };
  else if (isRow && Object.keys(members).length > 0) yield { row: valueRow(1, members), member: '', members: {} };
}

function rowOf(row: number, bytes: Buffer, overlong: boolean): RawRow {
  if (overlong) return { row, broken: '这一条超过 10 MB，不像是帖文', raw: bytes.toString('utf8', 0, RAW) };
  if (!isUtf8(bytes)) {
    return { row, broken: '这一条不是 UTF-8，请统一编码后重发', raw: bytes.toString('latin1', 0, RAW) };
  }
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return {
      row,
      value,
      get raw() {
        return text.slice(0, RAW);
      },
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { row, broken: '这一条不是完整的 JSON，请检查引号、逗号与括号', raw: text.slice(0, RAW) };
  }
}

const valueRow = (row: number, value: unknown): RawRow => ({
  row,
  value,
  get raw() {
    return rawOf(value);
  },
});

/** A value as text; what is nested too deep to be written has none. */
function rawOf(value: unknown): string {
  try {
    return JSON.stringify(value).slice(0, RAW);
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** A parsed document as its rows, for what comes over HTTP. */
export function documentRows(value: unknown): DocumentRow[] {
  const whole = { members: {}, member: '' };
  if (Array.isArray(value)) return value.map((one, at) => ({ ...whole, row: valueRow(at + 1, one) }));
  if (typeof value !== 'object' || value === null) return [{ ...whole, row: valueRow(1, value) }];
  const members = value as Fields;
  const member = ROW_MEMBERS.find((key) => Array.isArray(members[key]));
  if (member === undefined) return [{ ...whole, row: valueRow(1, value) }];
  return (members[member] as unknown[]).map((one, at) => ({ row: valueRow(at + 1, one), member, members }));
}
