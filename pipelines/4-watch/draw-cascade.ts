import type { PostId } from '../domain/post.ts';
import type { PicturedPost } from './picture-spread.ts';

/** Posts that came in one stretch of time at one depth of the largest cascade. */
export interface CascadeCell {
  /** The beginning of the stretch, epoch ms. */
  readonly at: number;
  readonly depth: number;
  readonly posts: number;
}

export interface CascadeDrawing {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  /** By time, then by depth. Deeper than `deepest` counts as `deepest`. */
  readonly cells: readonly CascadeCell[];
  readonly deepest: number;
}

const STRETCHES = 48;
const DEEPEST = 9;
const LEAST_STEP = 60_000;

/** The largest cascade as a grid of time and depth, small enough to be drawn; null where nothing was forwarded. Pure. */
export function drawCascade(posts: readonly PicturedPost[]): CascadeDrawing | null {
  const sorted = [...posts].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const seen = new Map<PostId, { readonly root: PostId; readonly depth: number }>();
  const trees = new Map<PostId, { readonly time: number; readonly depth: number }[]>();
  for (const { id, time, parent } of sorted) {
    const above = parent === undefined ? undefined : seen.get(parent);
    const place = { root: above?.root ?? id, depth: above === undefined ? 0 : above.depth + 1 };
    seen.set(id, place);
    const tree = trees.get(place.root);
    if (tree === undefined) trees.set(place.root, [{ time, depth: 0 }]);
    else tree.push({ time, depth: place.depth });
  }
  const largest = [...trees.values()].reduce((best, tree) => (tree.length > best.length ? tree : best), []);
  if (largest.length < 2) return null;
  const [from, to] = [largest[0]!.time, largest.at(-1)!.time];
  const stepMs = Math.max(LEAST_STEP, Math.ceil((to - from + 1) / STRETCHES));
  const cells = new Map<number, { at: number; depth: number; posts: number }>();
  let deepest = 0;
  for (const { time, depth: asIs } of largest) {
    const stretch = Math.floor((time - from) / stepMs);
    const depth = Math.min(DEEPEST, asIs);
    deepest = Math.max(deepest, depth);
    const key = stretch * (DEEPEST + 1) + depth;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { at: from + stretch * stepMs, depth, posts: 1 });
    else cell.posts++;
  }
  return { from, to, stepMs, deepest, cells: [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell) };
}
