import { hashOf } from '../domain/hash.ts';
import type { Burst } from '../domain/incident.ts';
import type { Counted } from './counted.ts';

/** What is counted of a burst with its copies: plain data, bounded. */
export interface BurstCount {
  raw: number;
  copies: number;
  /** Hashes of pseudonyms, only to count them; at most 2,000. */
  authors: Set<number>;
  newcomers: number;
  reposts: number;
  /** Reposts whose parent is the first post itself. */
  direct: number;
  /** Gaps between a post and the next, by the logarithm of their seconds. */
  gaps: number[];
  lastAt: number;
  /** By hour since the epoch: all posts, and those that are no copies. */
  hours: Map<number, { raw: number; distinct: number }>;
}

const HOUR = 3_600_000;
const AUTHORS = 2_000;
const GAPS = 16;
const HOURS = 72;

export const newBurst = (): BurstCount => ({
  raw: 0,
  copies: 0,
  authors: new Set(),
  newcomers: 0,
  reposts: 0,
  direct: 0,
  gaps: new Array<number>(GAPS).fill(0),
  lastAt: 0,
  hours: new Map(),
});

/** Counts a post or a copy. */
export function countBurst(burst: BurstCount, post: Counted, isNewcomer: boolean): void {
  const isCopy = post.group !== post.id;
  if (burst.raw > 0) {
    const seconds = Math.abs(post.time - burst.lastAt) / 1000;
    burst.gaps[Math.min(GAPS - 1, Math.floor(Math.log2(1 + seconds)))]!++;
  }
  burst.lastAt = post.time;
  burst.raw++;
  if (isCopy) burst.copies++;
  if (burst.authors.size < AUTHORS) burst.authors.add(hashOf(post.author?.key ?? post.id));
  if (isNewcomer) burst.newcomers++;
  if (post.root !== undefined || post.kind === 'repost') {
    burst.reposts++;
    if (post.parent === undefined || post.parent === post.root) burst.direct++;
  }
  const hour = Math.floor(post.time / HOUR);
  const row = burst.hours.get(hour);
  if (row !== undefined) {
    row.raw++;
    if (!isCopy) row.distinct++;
  } else {
    burst.hours.set(hour, { raw: 1, distinct: isCopy ? 0 : 1 });
    if (burst.hours.size > HOURS) burst.hours.delete(Math.min(...burst.hours.keys()));
  }
}

export function mergeBurst(into: BurstCount, from: BurstCount): void {
  into.raw += from.raw;
  into.copies += from.copies;
  for (const author of from.authors) if (into.authors.size < AUTHORS) into.authors.add(author);
  into.newcomers += from.newcomers;
  into.reposts += from.reposts;
  into.direct += from.direct;
  into.gaps = into.gaps.map((count, at) => count + from.gaps[at]!);
  into.lastAt = Math.max(into.lastAt, from.lastAt);
  for (const [hour, { raw, distinct }] of from.hours) {
    const row = into.hours.get(hour);
    if (row === undefined) into.hours.set(hour, { raw, distinct });
    else {
      row.raw += raw;
      row.distinct += distinct;
    }
  }
  while (into.hours.size > HOURS) into.hours.delete(Math.min(...into.hours.keys()));
}

/** Entropy of the gaps, 0 (like clockwork) … 1 (every length alike). */
function gapEntropy(gaps: readonly number[]): number {
  const sum = gaps.reduce((a, b) => a + b, 0);
  if (sum === 0) return 1;
  let bits = 0;
  for (const count of gaps) if (count > 0) bits -= (count / sum) * Math.log2(count / sum);
  return bits / Math.log2(GAPS);
}

/** From so many posts on a share says something. */
const LEAST = 20;
const COPY_SHARE = 0.7;

/**
 * Five signs of a burst, and whether it looks coordinated: most of it copies of one another, and at least one sign more. Said of
 * the burst, never of a person; alerts rest on the posts that are no copies in any case. Undefined for a small burst.
 * Signs after Chen et al. 2014 (co-action) and the works beside it; thresholds ours.
 *
 * @param usualNewcomers share of posts by new authors in the whole stream, 0…1
 */
export function burstOf(count: BurstCount, usualNewcomers: number): Burst | undefined {
  const { raw, copies, authors, newcomers, reposts, direct } = count;
  if (raw < LEAST) return undefined;
  const authorShare = authors.size >= AUTHORS ? 1 : authors.size / raw;
  const copyShare = copies / raw;
  const intervalEntropy = gapEntropy(count.gaps);
  const newcomerShare = newcomers / raw;
  const directShare = reposts === 0 ? null : direct / reposts;
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  const signs: string[] = [];
  if (authorShare <= 0.5) signs.push(`${raw} 帖只出自 ${authors.size} 个账号`);
  if (intervalEntropy <= 0.45) signs.push(`发帖间隔过于整齐（间隔熵 ${intervalEntropy.toFixed(2)}）`);
  if (newcomerShare >= 0.6 && newcomerShare >= 1.5 * usualNewcomers)
    signs.push(`${percent(newcomerShare)} 出自此前未出现的账号（平时 ${percent(usualNewcomers)}）`);
  if (reposts >= LEAST && direct / reposts >= 0.95) signs.push(`转发 ${percent(direct / reposts)} 只有一层`);
  const looksCoordinated = copyShare >= COPY_SHARE && signs.length > 0;
  return {
    raw,
    distinct: raw - copies,
    authorShare,
    copyShare,
    intervalEntropy,
    newcomerShare,
    directShare,
    looksCoordinated,
    because: looksCoordinated ? [`${percent(copyShare)} 是同一文字的复制`, ...signs] : [],
    curve: [...count.hours].sort(([a], [b]) => a - b).map(([hour, row]) => ({ at: hour * HOUR, ...row })),
  };
}
