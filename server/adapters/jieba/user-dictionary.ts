/** Everyday words that one provider joins by itself and the other splits; as dictionary words both keep them whole. */
const EVERYDAY = ['不实', '太长', '网传', '求扩散', '业委会', '失联', '辟谣'];
const EVERYDAY_FREQUENCY = 50_000;
/**
 * Place names are entered as rare words: 洛龙区 stays whole, and 洛龙区民 would still lose against commoner words. Without a
 * frequency nodejieba takes its median, which joins too much, and node-rs does not see the words at all.
 */
const PLACE_FREQUENCY = 5;

/** All user words, sorted, each once: what the tokeniser's stamp is taken from. */
export const userWords = (places: readonly string[]): string[] =>
  [...new Set([...EVERYDAY, ...places])].filter((word) => word.trim() !== '').sort();

/**
 * The user dictionary as both providers read it, a `word frequency tag` a line. Words that the provider's own dictionary
 * has are left out: entering 洛阳 again as a rare word would make it rarer than it is.
 *
 * @param own the provider's dictionary, one `word frequency tag` a line.
 */
export function userDictionary(words: readonly string[], own: string): string {
  const everyday = new Set(EVERYDAY);
  const missing = new Set(words.filter((word) => !everyday.has(word)));
  for (let start = 0; start < own.length;) {
    const lineEnd = own.indexOf('\n', start);
    const end = lineEnd < 0 ? own.length : lineEnd;
    const blank = own.indexOf(' ', start);
    missing.delete(own.slice(start, blank < 0 || blank > end ? end : blank));
    start = end + 1;
  }
  let lines = EVERYDAY.map((word) => `${word} ${EVERYDAY_FREQUENCY} n\n`).join('');
  for (const word of missing) lines += `${word} ${PLACE_FREQUENCY} ns\n`;
  return lines;
}
