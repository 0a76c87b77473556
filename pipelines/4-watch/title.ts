/** What a title may be cut from: texts of the incident's own posts. */
const CLAUSE = /[。！？!?，,；;：:\n\r…~～#【】《》|]+|\s{2,}/u;
const NOISE = /https?:\/\/\S+|@[^\s:：,，。]{1,30}[:：]?|\[[^\]\s]{1,8}\]|\/\/@.*$/gsu;
const LEAST = 5;
const MOST = 26;

/**
 * The clause of the incident's own posts that carries most of its words, 5 to 26 characters. A title never says what no post
 * said; where nothing fits it is the beginning of the first post.
 */
export function titleOf(texts: readonly string[], words: readonly string[]): string {
  let best = '';
  let bestScore = -1;
  for (const [order, text] of texts.entries()) {
    for (const piece of text.replace(NOISE, ' ').split(CLAUSE)) {
      const clause = piece.trim();
      if (clause.length < LEAST || clause.length > MOST) continue;
      let score = 0;
      for (const [rank, word] of words.entries()) if (clause.includes(word)) score += word.length / (1 + rank / 6);
      // A little for earlier posts and for a length that reads well on a wall; questions name nothing.
      score = score / Math.sqrt(4 + Math.abs(clause.length - 13)) - order * 0.01;
      if (/[吗么呢啊吧]$/u.test(clause)) score *= 0.7;
      if (score > bestScore) {
        best = clause;
        bestScore = score;
      }
    }
  }
  if (best !== '' && bestScore > 0) return best;
  const first = (texts[0] ?? '').replace(NOISE, ' ').trim();
  const cut = [...first].slice(0, 24).join('');
  return cut === '' ? words.slice(0, 3).join('') || '未命名' : cut;
}
