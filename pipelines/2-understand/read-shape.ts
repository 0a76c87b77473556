import { MARK, type TextReader } from './read-text.ts';

/** What a text looks like, beside its words. */
export interface Shape {
  /** Signs without what varies without meaning (names, links, blanks). */
  length: number;
  /** Begins like a bulletin: 【…】, 《…》, after topics and emoticons or without. */
  headline: boolean;
  /** Telephone numbers, whole or as placeholders. */
  phones: number;
}

const OPENINGS: ReadonlySet<number> = new Set([...'【《『〖'].map((sign) => sign.charCodeAt(0)));
const TOPIC = 0x23; // #
const OPEN = 0x5b; // [
const CLOSE = 0x5d; // ]
/** Topics and emoticons before the headline are skipped up to here. */
const FAR = 80;

/** Fills `shape` from the text that was read last. */
export function readShape(text: TextReader, shape: Shape): void {
  const { plain, plainLength, folded, foldedLength } = text;
  shape.length = plainLength;
  shape.phones = 0;
  for (let i = 0; i < plainLength; i++) if (plain[i] === MARK.phone) shape.phones++;
  let at = 0;
  while (at < foldedLength && at < FAR && (folded[at] === TOPIC || folded[at] === OPEN)) {
    const last = folded[at] === TOPIC ? TOPIC : CLOSE;
    do at++;
    while (at < foldedLength && at < FAR && folded[at] !== last);
    at++;
  }
  shape.headline = at < foldedLength && OPENINGS.has(folded[at] as number);
}
