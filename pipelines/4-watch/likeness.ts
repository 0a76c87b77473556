import { nearness } from './nearness.ts';
import type { Cluster } from './one-cluster.ts';
import { isPlace } from './terms.ts';

type IsLeftOut = (id: number) => boolean;
const nothing: IsLeftOut = () => false;

/** Cosine of two heaps, less for the distance between them. */
export const similarity = (a: Cluster, b: Cluster): number => cosine(a, b, nothing);

/**
 * The same of what two heaps say, leaving out the divisions they say it of, which for a small place outweigh any word: two
 * troubles of one small town are two.
 */
export const likeness = (a: Cluster, b: Cluster): number => cosine(a, b, isPlace);

function cosine(a: Cluster, b: Cluster, isLeftOut: IsLeftOut): number {
  const [small, large] = a.said.count(a.row) <= b.said.count(b.row) ? [a, b] : [b, a];
  const { said, row } = small;
  let dot = 0;
  for (let at = 0; at < said.count(row); at++) {
    const id = said.id(row, at);
    if (!isLeftOut(id)) dot += said.weight(row, at) * large.said.weightOf(large.row, id);
  }
  return dot === 0 ? 0 : (dot / Math.sqrt(norm2Of(a, isLeftOut) * norm2Of(b, isLeftOut))) * nearness(a, b);
}

/** Sum of the squared weights of what a heap says. */
export function norm2Of({ said, row }: Cluster, isLeftOut = nothing): number {
  let sum = 0;
  for (let at = 0; at < said.count(row); at++) if (!isLeftOut(said.id(row, at))) sum += said.weight(row, at) ** 2;
  return sum;
}
