import type { PlaceOf, Reason } from '../domain/post.ts';
import { contains } from '../domain/region.ts';
import type { Gazetteer } from './gazetteer.ts';
import { READ_AT_MOST } from './locate.ts';
import { edgesIn, readMentions, type Mention } from './read-mentions.ts';
import { splitNames } from './split-names.ts';

const MOST_REASONS = 5;

/**
 * The names in the text that speak for its place, each once, with their UTF-16 offsets in the text as it was written, so
 * that a screen can mark them. Empty where the place came from the source's hint or the home region.
 */
export function placeReasons(
  gazetteer: Gazetteer,
  text: string,
  tokens: readonly string[],
  place: PlaceOf | null,
): Reason[] {
  if (place === null) return [];
  const { codes } = gazetteer.divisions;
  const read = text.slice(0, READ_AT_MOST);
  const folded = gazetteer.fold(read);
  const edges = edgesIn(folded, read, tokens);
  const original = (at: number): number => folded.origin?.[at] ?? at;
  const speaks = ({ name }: Mention): boolean =>
    name.readings.some(({ node }) => {
      const code = codes[node];
      return code !== undefined && (contains(code, place.code) || contains(place.code, code));
    });
  const whole = readMentions(gazetteer, folded.text, edges).filter(speaks);
  const found = whole.length > 0 || edges === null ? whole : splitNames(gazetteer, folded.text, edges).filter(speaks);
  const reasons = new Map<string, Reason>();
  for (const mention of found) {
    const start = original(mention.start);
    const end = original(mention.end);
    const cue = text.slice(start, end);
    if (!reasons.has(cue)) reasons.set(cue, { label: place.code, cue, start, end });
    if (reasons.size === MOST_REASONS) break;
  }
  return [...reasons.values()];
}
