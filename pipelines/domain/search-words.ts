const BREAK = /[\s\p{Z}\p{Cc}]+/u;
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}]/u;
const LONGEST = 200;

/**
 * The words a post is found by, in order: lower case, no blanks inside, nothing that is punctuation alone (symbols such as
 * emoji stay), each at most 200 characters. Both the index and the question go through here, so every store answers alike.
 */
export function searchWords(tokens: readonly string[]): string[] {
  const words: string[] = [];
  for (const token of tokens) {
    for (const part of token.toLowerCase().split(BREAK)) {
      if (SAYS_SOMETHING.test(part)) words.push(part.length > LONGEST ? [...part].slice(0, LONGEST).join('') : part);
    }
  }
  return words;
}
