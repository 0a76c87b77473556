import type { Gazetteer } from './gazetteer.ts';
import { readMentions, type Mention } from './read-mentions.ts';

/** Signs that are put between the characters of a name to pass under a filter: 河 南, 郑.州. */
const BETWEEN = new Uint8Array(65_536);
for (const sign of ' \u3000.·•*-_/|~') BETWEEN[sign.charCodeAt(0)] = 1;

const isHan = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;

/**
 * The place names whose characters stand apart, each a word of its own. Asked only where a text names no place otherwise: a blank
 * between two ordinary words joins nothing.
 *
 * @param edges as `edgesIn` gives them for this text.
 * @returns mentions with their offsets in `text`.
 */
export function splitNames(gazetteer: Gazetteer, text: string, edges: Uint8Array): Mention[] {
  if (!standApart(text, edges)) return [];
  const origin: number[] = [];
  let joined = '';
  let copied = 0;
  for (let at = 1; at + 1 < text.length; at++) {
    if (!isApart(text, edges, at)) continue;
    for (let from = copied; from < at; from++) origin.push(from);
    joined += text.slice(copied, at);
    copied = at + 1;
  }
  for (let from = copied; from <= text.length; from++) origin.push(from);
  joined += text.slice(copied);
  const joinedEdges = Uint8Array.from(origin, (at) => edges[at] ?? 0);
  const mentions: Mention[] = [];
  for (const mention of readMentions(gazetteer, joined, joinedEdges)) {
    const start = origin[mention.start] ?? 0;
    const end = (origin[mention.end - 1] ?? 0) + 1;
    // Only what stood apart: the rest was read before.
    if (end - start === mention.end - mention.start || mention.name.wordy) continue;
    mentions.push({ ...mention, start, end });
  }
  return mentions;
}

/** Whether any two characters stand apart; nearly no text has any. */
function standApart(text: string, edges: Uint8Array): boolean {
  for (let at = 1; at + 1 < text.length; at++) if (isApart(text, edges, at)) return true;
  return false;
}

const isApart = (text: string, edges: Uint8Array, at: number): boolean =>
  BETWEEN[text.charCodeAt(at)] !== 0 && isAlone(text, edges, at - 1) && isAlone(text, edges, at + 1);

/** One character that is a word by itself. */
const isAlone = (text: string, edges: Uint8Array, at: number): boolean =>
  isHan(text.charCodeAt(at)) && edges[at] === 1 && edges[at + 1] === 1;
