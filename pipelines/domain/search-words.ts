const BREAK = /[\s\p{Z}\p{Cc}]+/u;
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}]/u;
const LONGEST = 200;

/** Most words are Chinese signs alone, which need none of the care below. */
function isChinese(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit < 0x4e00 || unit > 0x9fff) return false;
  }
  return word.length > 0 && word.length <= LONGEST;
}

/**
 * The words a post is found by, in order: lower case, no blanks inside, nothing that is punctuation alone (symbols such as
 * emoji stay), each at most 200 characters. Both the index and the question go through here, so every store answers alike.
 */
export function searchWords(tokens: readonly string[]): string[] {
  const words: string[] = [];
  for (const token of tokens) {
    if (isChinese(token)) {
      words.push(token);
      continue;
    }
    words.push(...(token.length === 1 ? ofOneSign(token) : partsOf(token)));
  }
  return words;
}

function partsOf(token: string): string[] {
  const parts: string[] = [];
  for (const part of token.toLowerCase().split(BREAK))
    if (SAYS_SOMETHING.test(part)) parts.push(part.length > LONGEST ? [...part].slice(0, LONGEST).join('') : part);
  return parts;
}

/** Commas and full stops are every fifth word: what comes of a sign is found once. */
const known = new Map<string, readonly string[]>();

function ofOneSign(sign: string): readonly string[] {
  let parts = known.get(sign);
  if (parts === undefined) known.set(sign, (parts = partsOf(sign)));
  return parts;
}
