/**
 * Finds where a text stops being JSON (RFC 8259), because the runtime's own message does not always say. Used only after
 * JSON.parse has refused the text, so it need not be fast, but it keeps its own stack: depth can not exhaust it.
 * @returns the offset in UTF-16 units of the first character that can not stand there (the text's length where it ends too
 * early), or undefined where the text is JSON.
 */
export function jsonFaultAt(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  /** What may come next. */
  let expect: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value';
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    skip(BLANK);
    if (expect === 'comma or end' && open.length === 0) return at === text.length ? undefined : at;
    const next = text[at];
    const inside = open.at(-1);
    if (expect === 'comma or end') {
      if (next === ',') {
        at += 1;
        expect = inside === '{' ? 'key' : 'value';
      } else if (next === (inside === '{' ? '}' : ']')) {
        at += 1;
        open.pop();
      } else return at;
    } else if ((expect === 'key or end' && next === '}') || (expect === 'value or end' && next === ']')) {
      at += 1;
      open.pop();
      expect = 'comma or end';
    } else if (expect === 'key' || expect === 'key or end') {
      if (!skip(STRING)) return stringFaultAt(text, at);
      skip(BLANK);
      if (text[at] !== ':') return at;
      at += 1;
      expect = 'value';
    } else if (next === '{' || next === '[') {
      at += 1;
      open.push(next);
      expect = next === '{' ? 'key or end' : 'value or end';
    } else if (next === '"') {
      if (!skip(STRING)) return stringFaultAt(text, at);
      expect = 'comma or end';
    } else if (skip(WORD_OR_NUMBER)) expect = 'comma or end';
    else return at;
  }
}

/** "line 3, column 7", both from 1. */
export function placeIn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    start = at + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}

const BLANK = /[\t\n\r ]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids exactly these characters inside a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD_OR_NUMBER = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- as above
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

/** Where the string that begins here breaks, or the place itself where none begins. */
function stringFaultAt(text: string, at: number): number {
  STRING_START.lastIndex = at;
  return STRING_START.test(text) ? STRING_START.lastIndex : at;
}
