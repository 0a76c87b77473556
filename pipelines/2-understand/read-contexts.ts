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
  const longest = Math.max(0, ...[...after.keys(), ...before.keys()].map((word) => word.length));
  return {
    after: (text, end, edges) => {
      for (let length = Math.min(longest, text.length - end); length > 0; length--) {
        const kind = after.get(text.slice(end, end + length));
        if (kind !== undefined && (length > 1 || edges?.[end + 1] === 1)) return kind;
      }
      return null;
    },
    before: (text, start) => {
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
  const match = BETWEEN.exec(text.slice(end, end + NAME_LENGTH));
  if (match === null) return null;
  const behind = end + match[0].length;
  return A_POST.test(text.slice(behind, behind + POST_WITHIN)) ? 'name' : 'campus';
}
