/**
 * The two providers cut Latin text, numbers and addresses differently (COVID-19, 3.14%, http://…). Both pass through
 * here, so that a word typed into the search box is cut like the word in the post.
 */

const isAlnum = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0xff10 && unit <= 0xff19) ||
  (unit >= 0xff21 && unit <= 0xff3a) ||
  (unit >= 0xff41 && unit <= 0xff5a);

const CONNECTORS = new Set([...'.-_/:@?=&%+~'].map((sign) => sign.charCodeAt(0)));
const PERCENT = '%'.charCodeAt(0);

const isRunPart = (token: string): boolean => {
  for (let at = 0; at < token.length; at++) {
    const unit = token.charCodeAt(at);
    if (!isAlnum(unit) && !CONNECTORS.has(unit)) return false;
  }
  return true;
};

/** A Chinese sign is neither part of a run nor a blank: most words are told by their first. */
const isChinese = (token: string): boolean => {
  const first = token.charCodeAt(0);
  return first >= 0x3400 && first <= 0x9fff;
};

/** Connectors count only between letters and digits: a run gives them back at its ends (a closing % stays). */
function pushRun(run: string, into: string[]): void {
  let start = 0;
  let end = run.length;
  while (start < end && !isAlnum(run.charCodeAt(start))) into.push(run.charAt(start++));
  while (end > start && !isAlnum(run.charCodeAt(end - 1))) end--;
  if (end > start && run.charCodeAt(end) === PERCENT) end++;
  if (end > start) into.push(run.slice(start, end));
  for (let at = end; at < run.length; at++) into.push(run.charAt(at));
}

/** Joins runs of Latin letters and digits, and leaves blanks out. `tokens` must join up to the text that was cut. */
export function tidyTokens(tokens: readonly string[]): string[] {
  const tidy: string[] = [];
  let run = '';
  for (const token of tokens) {
    const chinese = isChinese(token);
    if (!chinese && token.length > 0 && isRunPart(token)) {
      run += token;
      continue;
    }
    if (run !== '') {
      pushRun(run, tidy);
      run = '';
    }
    if (chinese || token.trim() !== '') tidy.push(token);
  }
  if (run !== '') pushRun(run, tidy);
  return tidy;
}
