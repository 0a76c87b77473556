import { LONGEST_LINE } from './lines.ts';

/** Members of a JSON object that hold its rows: weibo-crawler, newsnow, Navicat's export, and plain habit. */
export const ROW_MEMBERS: readonly string[] = ['weibo', 'items', 'RECORDS', 'rows', 'data', 'posts'];
const KEPT = 64 * 1024;

/** A piece of a document: an element of the array of rows, or a member of the object around it. */
export interface Piece {
  readonly kind: 'element' | 'member';
  /** The member's key; of an element, that of its array; empty where the array is the document. */
  readonly member: string;
  readonly bytes: Buffer;
  /** Longer than allowed; `bytes` is then its beginning. */
  readonly overlong: boolean;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0xef || byte === 0xbb || byte === 0xbf;

type Mode = 'start' | 'element' | 'key' | 'in key' | 'value' | 'in piece' | 'end' | 'not JSON';

/**
 * Cuts one JSON document into its rows as the bytes come, so that a document of any size takes the memory of its longest row. It
 * only follows quotes and brackets; whether a piece is JSON is for the parser to say. UTF-8.
 */
export class JsonSplitter {
  readonly #longest: number;
  #mode: Mode = 'start';
  #inObject = false;
  #inRows = false;
  #member = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #held: Buffer[] = [];
  #length = 0;
  #overlong = false;

  constructor(longest = LONGEST_LINE) {
    this.#longest = longest;
  }

  /** What the document is known to be at its end; undefined: whole. */
  get unfinished(): 'cut' | 'not JSON' | undefined {
    if (this.#mode === 'not JSON') return 'not JSON';
    return this.#mode === 'end' ? undefined : 'cut';
  }

  /** The beginning of a piece that has not come to its end. */
  get rest(): Buffer {
    return Buffer.concat(this.#held);
  }

  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    let at = 0;
    const begin = (mode: Mode): void => {
      this.#mode = mode;
      from = at;
    };
    for (; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      switch (this.#mode) {
        case 'start':
          if (isBlank(byte)) continue;
          this.#inObject = byte === OPEN_OBJECT;
          this.#inRows = byte === OPEN_ARRAY;
          this.#mode = this.#inObject ? 'key' : this.#inRows ? 'element' : 'not JSON';
          continue;
        case 'element':
          if (isBlank(byte) || byte === COMMA) continue;
          if (byte === CLOSE_ARRAY) this.#leaveRows();
          else if (byte === CLOSE_OBJECT) this.#mode = 'not JSON';
          else {
            begin('in piece');
            at--;
          }
          continue;
        case 'key':
          if (isBlank(byte) || byte === COMMA) continue;
          if (byte === CLOSE_OBJECT) this.#mode = 'end';
          else if (byte === QUOTE) begin('in key');
          else this.#mode = 'not JSON';
          continue;
        case 'in key':
          if (this.#escaped) this.#escaped = false;
          else if (byte === BACKSLASH) this.#escaped = true;
          else if (byte === QUOTE && (at > from || this.#length > 0)) {
            this.#hold(chunk.subarray(from, at + 1));
            this.#member = keyOf(this.rest);
            this.#drop();
            this.#mode = 'value';
          }
          continue;
        case 'value':
          if (isBlank(byte) || byte === COLON) continue;
          if (byte === OPEN_ARRAY && ROW_MEMBERS.includes(this.#member)) {
            this.#inRows = true;
            this.#mode = 'element';
          } else {
            begin('in piece');
            at--;
          }
          continue;
        case 'in piece':
          if (!this.#ends(byte)) continue;
          this.#hold(chunk.subarray(from, at));
          pieces.push(this.#take());
          this.#mode = this.#inRows ? 'element' : 'key';
          at--;
          continue;
        case 'end':
          if (!isBlank(byte)) this.#mode = 'not JSON';
          continue;
        case 'not JSON':
          return pieces;
      }
    }
    if (this.#mode === 'in piece' || this.#mode === 'in key') this.#hold(chunk.subarray(from), true);
    return pieces;
  }

  /** Whether a byte comes after the piece: the comma or the bracket of what is around it. */
  #ends(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        return false;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        this.#depth++;
        return false;
      case COMMA:
        return this.#depth === 0;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        if (this.#depth === 0) return true;
        this.#depth--;
        return false;
      default:
        return false;
    }
  }

  #leaveRows(): void {
    this.#inRows = false;
    this.#mode = this.#inObject ? 'key' : 'end';
  }

  /** @param copied what goes on in the next chunk, which may come in the same memory */
  #hold(part: Buffer, copied = false): void {
    this.#length += part.length;
    if (!this.#overlong && this.#length <= this.#longest) this.#held.push(copied ? Buffer.from(part) : part);
    else if (!this.#overlong) {
      this.#overlong = true;
      // A copy, so that what was held up to here is let go.
      this.#held = [Buffer.from(Buffer.concat([...this.#held, part.subarray(0, KEPT)]).subarray(0, KEPT))];
    }
  }

  #take(): Piece {
    const bytes = this.#held.length === 1 ? (this.#held[0] as Buffer) : this.rest;
    const kind = this.#inRows ? 'element' : 'member';
    const piece: Piece = { kind, member: this.#member, bytes, overlong: this.#overlong };
    this.#drop();
    return piece;
  }

  #drop(): void {
    this.#held = [];
    this.#length = 0;
    this.#overlong = false;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
  }
}

/** A key as it is written, quotes and all. One that is no JSON string names nothing. */
function keyOf(bytes: Buffer): string {
  try {
    const key: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof key === 'string' ? key : '';
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}
