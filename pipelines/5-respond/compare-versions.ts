import type { FactKind, Span } from '../domain/fact.ts';
import { factsOf, NO_SUBJECT, type Fact, type Version } from './read-facts.ts';

/** The same fact, stated differently. */
export interface Difference {
  readonly kind: FactKind;
  /** Which fact, in words: 死亡（人）, 恢复时间, 事发地·乡镇. */
  readonly fact: string;
  readonly a: Span;
  readonly b: Span;
  /** The texts name different 截至 times: it may be news and no contradiction. */
  readonly mayBeNewer: boolean;
}

/** Said in one of the two only: it says more, and contradicts nothing. */
export interface OnlyIn {
  readonly kind: FactKind;
  readonly fact: string;
  readonly at: Span;
}

export interface Comparison {
  readonly differs: readonly Difference[];
  readonly onlyA: readonly OnlyIn[];
  readonly onlyB: readonly OnlyIn[];
}

const OVERLAP = 2;
const unitOf = ({ fact }: Fact): string => fact.slice(fact.indexOf('（'));

/**
 * What two official texts state differently, with the places in each. A fact that only one states is no difference; a later 截至
 * time makes a number possibly newer, not wrong. It reads words and knows no world: whoever compares decides which one holds.
 */
export function compareVersions(a: Version, b: Version): Comparison {
  const [factsA, factsB] = [factsOf(a), factsOf(b)];
  const [asOfA, asOfB] = [asOf(factsA), asOf(factsB)];
  const mayBeNewer = asOfA !== undefined && asOfB !== undefined && !asOfA.isSame(asOfB);
  const differs: Difference[] = [];
  const [restA, restB] = [new Set(factsA), new Set(factsB)];
  const of = (facts: Set<Fact>, like: Fact): Fact[] => [...facts].filter((fact) => isSameFact(fact, like));
  for (const fact of factsA) {
    const same = of(restB, fact).find((other) => fact.isSame(other));
    if (same === undefined) continue;
    restA.delete(fact);
    restB.delete(same);
  }
  // What both say is said, also where one repeats it.
  for (const [rest, other] of [
    [restA, factsB],
    [restB, factsA],
  ] as const)
    for (const fact of rest) if (other.some((each) => isSameFact(each, fact) && fact.isSame(each))) rest.delete(fact);
  for (const fact of restA) {
    const other = of(restB, fact)[0];
    if (other === undefined || fact.fact === '截至时间') continue;
    restA.delete(fact);
    restB.delete(other);
    differs.push({
      kind: fact.kind,
      fact: fact.fact,
      a: spanOf(fact),
      b: spanOf(other),
      mayBeNewer: mayBeNewer && fact.kind === 'number',
    });
  }
  const only = (rest: Set<Fact>): OnlyIn[] =>
    [...rest].map((fact) => ({ kind: fact.kind, fact: fact.fact, at: spanOf(fact) }));
  return { differs, onlyA: only(restA), onlyB: only(restB) };
}

const asOf = (facts: readonly Fact[]): Fact | undefined => facts.find(({ fact }) => fact === '截至时间');
const spanOf = ({ start, end, text }: Fact): Span => ({ start, end, text });

function isSameFact(a: Fact, b: Fact): boolean {
  if (a.kind !== b.kind) return false;
  if (a.fact === b.fact && !a.fact.startsWith(NO_SUBJECT)) return true;
  if (a.around === undefined || b.around === undefined || unitOf(a) !== unitOf(b)) return false;
  return [...a.around].filter((word) => b.around?.has(word)).length >= OVERLAP;
}
