import { linesOf } from './divisions.ts';

export const AFTER = ['office', 'event', 'person', 'name', 'campus'] as const;
export type After = (typeof AFTER)[number];
export const BEFORE = ['event', 'origin', 'passing', 'dateline'] as const;
export type Before = (typeof BEFORE)[number];

/** What the words around a place name say about the place; longest match wins. */
export interface Contexts {
  /** @param edges where words end: a single character says something only as a word of its own (路, but not 路面). */
  after(text: string, end: number, edges: Uint8Array | null): After | null;
  before(text: string, start: number): Before | null;
}

const LINE = /^(after|before)-(\S+) (.+)$/;

const among = <Kind extends string>(kinds: readonly Kind[], kind: string): Kind => {
  const found = kinds.find((one) => one === kind);
  if (found === undefined) throw new RangeError(`contexts.txt: unknown kind "${kind}" (${kinds.join(', ')})`);
  return found;
};

/** @throws RangeError naming the line that is no `after-… words` or `before-… words`. */
export function readContexts(text: string): Contexts {
  const after = new Map<string, After>();
  const before = new Map<string, Before>();
  for (const line of linesOf(text)) {
    const [, side, kind = '', words = ''] = LINE.exec(line) ?? [];
    if (side === undefined) throw new RangeError(`contexts.txt: cannot read "${line.slice(0, 40)}"`);
    for (const word of words.split(/\s+/)) {
      if (side === 'after') after.set(word, among(AFTER, kind));
      else before.set(word, among(BEFORE, kind));
    }
  }
  // Most characters begin (or end) no such word: the longest that a character does saves looking for the rest.
  const longestFrom = new Uint8Array(65_536);
  const longestTo = new Uint8Array(65_536);
  for (const word of after.keys()) {
    const first = word.charCodeAt(0);
    longestFrom[first] = Math.max(longestFrom[first] as number, word.length);
  }
  for (const word of before.keys()) {
    const last = word.charCodeAt(word.length - 1);
    longestTo[last] = Math.max(longestTo[last] as number, word.length);
  }
  return {
    after: (text, end, edges) => {
      if (end >= text.length) return null;
      const longest = longestFrom[text.charCodeAt(end)] as number;
      for (let length = Math.min(longest, text.length - end); length > 0; length--) {
        const kind = after.get(text.slice(end, end + length));
        if (kind !== undefined && (length > 1 || edges?.[end + 1] === 1)) return kind;
      }
      return null;
    },
    before: (text, start) => {
      if (start === 0) return null;
      const longest = longestTo[text.charCodeAt(start - 1)] as number;
      for (let length = Math.min(longest, start); length > 0; length--) {
        const kind = before.get(text.slice(start - length, start));
        if (kind !== undefined) return kind;
      }
      return null;
    },
  };
}

/** Subjects that stand between a place and 大学 in a university's name: 北京工商大学, 安徽医科大学. */
const BETWEEN = /^(?:[^\s，。、！？；：,.!?;:一某的在有多所座]{0,7}?)(?:大学|学院)/u;
/** Behind a university's name these make it somebody's post or degree, which says nothing about where. */
const A_POST =
  /教授|研究员|研究所|研究院|院长|所长|主任|专家|博士生|毕业(?!典礼|季|照)|学者|院士|讲师|系|医疗队|博导|团队|出版社/u;
const NAME_LENGTH = 16;
const POST_WITHIN = 10;

/** What a university's name right behind a place says: 'name' for somebody's post there, 'campus' for the place itself. */
export function universityAfter(text: string, end: number): 'campus' | 'name' | null {
  const behindIt = text.slice(end, end + NAME_LENGTH);
  const match = behindIt.includes('学') ? BETWEEN.exec(behindIt) : null;
  if (match === null) return null;
  const behind = end + match[0].length;
  return A_POST.test(text.slice(behind, behind + POST_WITHIN)) ? 'name' : 'campus';
}
