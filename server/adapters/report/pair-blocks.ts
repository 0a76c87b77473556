import type { Block } from '../../../pipelines/domain/report.ts';

export type Pair = readonly [Block, Block?];
export type Bars = Extract<Block, { kind: 'bars' }>;

export const isNarrow = (block: Block | undefined): block is Bars => block?.kind === 'bars' && !block.lying;

/** Two drawings of half a width stand beside each other; everything else by itself. */
export function inPairs(blocks: readonly Block[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const [one, next] = [blocks[at]!, blocks[at + 1]];
    if (isNarrow(one) && isNarrow(next)) {
      pairs.push([one, next]);
      at++;
    } else pairs.push([one]);
  }
  return pairs;
}
