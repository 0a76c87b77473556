import { linesOf } from './divisions.ts';

export const AFTER = ['event', 'person', 'name'] as const;
export type After = (typeof AFTER)[number];
export const BEFORE = ['event', 'origin'] as const;
export type Before = (typeof BEFORE)[number];

/** What the words around a place name say about the place; longest match wins. */
export interface Contexts {
  after(text: string, end: number): After | null;
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
    after: (text, end) => {
      for (let length = Math.min(longest, text.length - end); length > 0; length--) {
        const kind = after.get(text.slice(end, end + length));
        if (kind !== undefined) return kind;
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
