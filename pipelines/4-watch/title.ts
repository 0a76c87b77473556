/** What a title may be cut from: texts of the incident's own posts. */
const CLAUSE = /[。！？!?，,；;：:\n\r…~～#【】《》|]+|\s{2,}/u;
const NOISE = /https?:\/\/\S+|@[^\s:：,，。]{1,30}[:：]?|\[[^\]\s]{1,8}\]|\/\/@.*$/gsu;
/** Asks, and names nothing. */
const ASKING = /[吗么呢啊吧]$|^(?:为什么|怎么|谁|哪)/u;
/** Speaks to the reader or of the writer: what happened stands in another clause. */
const ADDRESSING =
  /^(?:我(?!们?[村镇县区市校])|你|他|她|咱|大家|各位|请|求|别|不要|希望|感谢|谢谢|唉|说个事|提醒一下)/u;
/** Begins or ends in the middle of a thought. */
const CUT_OFF =
  /^(?:的|了|就|也|还|但|却|而|并|且|因为|所以|如果|虽然|然后|于是|以及|或者)|[的地得和与把被让从向在对]$/u;
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
      if (ASKING.test(clause)) score *= 0.7;
      if (ADDRESSING.test(clause)) score *= 0.75;
      if (CUT_OFF.test(clause)) score *= 0.6;
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
