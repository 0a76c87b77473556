import type { RawRow } from '../services.ts';
import { HttpFault } from './faults.ts';
import { jsonFaultAt, placeIn } from './json-fault.ts';

/** The most rows one request may bring: they are checked and committed together. */
export const MAX_ROWS = 50_000;
/** A canonical post is three levels deep; anything beyond this is an attack or a mistake. */
export const MAX_DEPTH = 32;
/** The part of a refused row that is kept, in UTF-16 units; the dead-letter shelf cuts at 64 KiB too. */
const MAX_RAW = 64 * 1024;

/**
 * A JSON body as rows: an array gives one a row, an object is one row.
 * @throws HttpFault 400 with the place where the body stops being JSON, 413 above MAX_ROWS
 */
export function rowsOfJson(body: Buffer): RawRow[] {
  const value = jsonOf(body);
  if (typeof value !== 'object' || value === null) {
    throw new HttpFault(400, 'not_a_post', 'the body must be one post (an object) or a list of posts (an array).', {
      where: 'body',
    });
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > MAX_ROWS) throw tooMany();
  return values.map((one, at) => rowOf(at + 1, one, () => JSON.stringify(one)));
}

/** A body as a JSON value. @throws HttpFault 400 with the place where it stops being JSON */
function jsonOf(body: Buffer): unknown {
  const text = decode(body);
  if (text === undefined) {
    throw new HttpFault(400, 'not_utf8', 'the body is not UTF-8; save it as UTF-8 and send it again.', {
      where: 'body',
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const where = placeIn(text, jsonFaultAt(text) ?? 0);
    throw new HttpFault(
      400,
      'not_json',
      `the body stops being JSON at ${where}; correct it there. One object a line is taken as application/x-ndjson.`,
      { where: `body, ${where}`, cause },
    );
  }
}

/**
 * NDJSON as rows, numbered by line from 1. Blank lines are passed over; a line that can not be read is a broken row with its
 * reason and the others go on. @throws HttpFault 413 above MAX_ROWS
 */
export function rowsOfLines(body: Buffer): RawRow[] {
  const rows: RawRow[] = [];
  let line = 0;
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf(10, start);
    const end = newline === -1 ? body.length : newline;
    line += 1;
    const row = rowOfLine(line, body.subarray(start, end));
    if (row !== undefined && rows.push(row) > MAX_ROWS) throw tooMany();
    start = end + 1;
  }
  return rows;
}

function rowOfLine(row: number, bytes: Buffer): RawRow | undefined {
  const text = decode(bytes);
  if (text === undefined) {
    return { row, broken: 'the line is not UTF-8; save the file as UTF-8.', raw: bytes.toString('latin1', 0, MAX_RAW) };
  }
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const column = (jsonFaultAt(text) ?? 0) + 1;
    return {
      row,
      broken: `the line stops being JSON at column ${column}; correct it there.`,
      raw: text.slice(0, MAX_RAW),
    };
  }
  return rowOf(row, value, () => text);
}

function rowOf(row: number, value: unknown, text: () => string): RawRow {
  const broken = dangerIn(value);
  if (broken === undefined) {
    return {
      row,
      value,
      // Only a refused row is ever kept, so the text is made when it is asked for.
      get raw() {
        return text().slice(0, MAX_RAW);
      },
    };
  }
  return { row, broken, raw: broken === TOO_DEEP ? '' : text().slice(0, MAX_RAW) };
}

const TOO_DEEP = `the row is nested deeper than ${MAX_DEPTH} levels; a post needs three.`;

/**
 * Why a parsed value must not be handed on: it is no object, or has keys that would reach an object's prototype if it were ever
 * copied, or depth that would exhaust the stack of whoever walks it. Keeps its own stack for the same reason.
 */
function dangerIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'a row must be an object: one post.';
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return TOO_DEEP;
    const below: object[] = [];
    for (const at of level) {
      if (Object.hasOwn(at, '__proto__')) return 'the key "__proto__" is not allowed; leave it out.';
      for (const inner of Object.values(at) as unknown[]) {
        if (typeof inner === 'object' && inner !== null) below.push(inner);
      }
      const maker: unknown = (at as { constructor?: unknown }).constructor;
      if (typeof maker === 'object' && maker !== null && Object.hasOwn(maker, 'prototype')) {
        return 'the keys "constructor" and "prototype" are not allowed together; leave them out.';
      }
    }
    level = below;
  }
  return undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text without a byte order mark, or undefined where the bytes are not UTF-8. */
function decode(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const tooMany = (): HttpFault =>
  new HttpFault(413, 'too_many_rows', `a request may bring at most ${MAX_ROWS} rows; send them in several requests.`, {
    where: 'body',
  });
