import type { Shape } from './read-shape.ts';
import type { CueSums } from './sum-cues.ts';

/** From here on a person is taken to be in danger. Low on purpose: a false alarm costs a look, a miss may cost a life. */
const ENOUGH = 2;
const MOST = 6;
/** What a whole line says, a short text says in one word: “有人落水” needs no “现在”. */
const TERSE = 45;
/** So many different words of one's own end are no longer a figure of speech. */
const OWN_END = 2;
const NOW = 0.75;
const NEWS = 0.75;
/** A bulletin's headline speaks against a danger now, less where the text asks for something: “【紧急扩散】…”. */
const HEADLINE = { asks: 0.5, tells: 2 } as const;
/** Signs of a text beyond which words of danger turn up by chance. */
const LETTER = 300;

/**
 * How strongly a text speaks of a person in danger, before what speaks against it. `life` counts alone, as do several
 * words of the writer's own end. Words that
 * stories and jokes use as well count beside a person and a sign that it is now; a crash or a fire beside a sign that
 * somebody is in it; a cry beside a sign, a danger or a weaker word for one, since most who write it have eaten well.
 */
function strength(cues: CueSums, now: number, asks: number, terse: boolean): number {
  const sum = (label: string, most = Infinity): number => Math.min(most, cues.get(label) ?? 0);
  const sure = sum('life') + (sum('life.self') >= OWN_END ? 2 : 0);
  const who = sum('life.who');
  const near = now > 0 || asks > 0;
  const maybe = (who > 0 && (near || terse) ? sum('life.maybe', 5) : 0) + (who > 0 && near ? sum('life.ill', 5) : 0);
  const hazard = sum('life.hazard', 3);
  const cry = sum('life.cry', 3);
  const sign = sum('life.sign');
  const more = sum('life.more', 2);
  const hazardCounts = sure >= 2 || sign > 0 || cry > 0;
  const cryCounts = sure >= 2 || sign > 0 || hazard >= 2 || more > 0 || maybe > 0;
  const strong = sure + maybe + (hazardCounts ? hazard : 0) + (hazard > 0 && sign > 0 ? 1 : 0) + (cryCounts ? cry : 0);
  return strong < ENOUGH ? 0 : Math.min(MOST, strong + more);
}

/** How far a text speaks of a person in danger now: 0 and below not at all, from 2 on it is taken to. */
export function weighDanger(cues: CueSums, shape: Shape): number {
  const now = Math.min(3, cues.get('life.now') ?? 0);
  const asks = (cues.get('plea.cry') ?? 0) + (cues.get('plea.ask') ?? 0) + (cues.get('plea.contact') ?? 0);
  const strong = strength(cues, now, asks, shape.length <= TERSE);
  if (strong === 0) return 0;
  const headline = asks > 0 ? HEADLINE.asks : HEADLINE.tells;
  const news = Math.min(4, cues.get('life.news') ?? 0) + (shape.headline ? headline : 0);
  const lower = Math.min(6, cues.get('life.lower') ?? 0);
  const letter = shape.length > LETTER ? 2 : 0;
  return strong + NOW * now - lower - NEWS * news - letter;
}

export const isLifeAtRisk = (danger: number): boolean => danger >= ENOUGH;
