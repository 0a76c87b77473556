const FORWARD = /\/\/\s{0,4}@[^\s:：/@]{1,40}\s{0,4}[:：]/;
const REPLY = /^(?:\s*回复\s{0,2}@[^\s:：]{1,40}\s{0,2}[:：])+/;
const ONLY_FORWARDED =
  /^[\s"'“”‘’「」『』]*(?:转发微博|轉發微博|转发|轉發|分享微博|快转微博|repost(?:ed)?)[\s。.!！~～"'“”‘’「」『』]*$/i;
const LINK = /https?:\/\/[\x21-\x7e]+/gi;
const MENTION = /@[\p{L}\p{N}_-]{1,30}/gu;
const EDGE = /[\s"'“”‘’「」『』]/;

/**
 * The words that make two posts the same text: without the forward chain (`//@name:…`), reply heads (`回复@name:`), links,
 * mentions, and quotes or blanks at the ends. Emoticon marks such as [泪] stay. Where the author added nothing of their own, the
 * words of the earliest post in the chain; empty where there are none at all (a bare 转发微博).
 */
export function strip(text: string): string {
  if (!text.includes('//')) return own(text);
  const chain = text.split(FORWARD);
  const first = own(chain[0] ?? '');
  if (first !== '') return first;
  for (let at = chain.length - 1; at > 0; at--) {
    const earlier = own(chain[at] ?? '');
    if (earlier !== '') return earlier;
  }
  return '';
}

function own(segment: string): string {
  if (ONLY_FORWARDED.test(segment)) return '';
  let words = segment.includes('回复') ? segment.replace(REPLY, '') : segment;
  if (words.includes('://')) words = words.replace(LINK, ' ');
  if (words.includes('@')) {
    // A name with no blank after it swallows the words that follow; then the mention is better kept.
    const without = withoutEdges(words.replace(MENTION, ' '));
    if (without !== '') words = without;
  }
  words = withoutEdges(words);
  return ONLY_FORWARDED.test(words) ? '' : words;
}

/** By hand: as one regular expression a long run of blanks inside would be tried from each of its places. */
function withoutEdges(words: string): string {
  let [start, end] = [0, words.length];
  while (start < end && EDGE.test(words.charAt(start))) start++;
  while (end > start && EDGE.test(words.charAt(end - 1))) end--;
  return words.slice(start, end);
}
