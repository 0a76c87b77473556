import type { Duty } from '../domain/duty.ts';
import type { IncidentId, IncidentKind, SpreadStep } from '../domain/incident.ts';
import type { NeedKind, PostId } from '../domain/post.ts';
import type { RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import { newBurst, type BurstCount } from './burst-signs.ts';
import { newClaims, type ClaimCount } from './claims.ts';
import type { Counted } from './counted.ts';
import { newMembers, type Members } from './members.ts';
import type { Part } from './part.ts';

/** The public side of a cluster that has become an incident. */
export interface Opened {
  readonly id: IncidentId;
  /** The incident it was split off from. */
  readonly from?: IncidentId;
  readonly openedAt: number;
  rung: Tier;
  title: string;
  steps: SpreadStep[];
  heat: number;
  /** Event time at which it went quiet for too long, epoch ms; a late post may wake it. */
  cooledAt: number | null;
}

/** Everything counted about one cluster. Plain data, so that it can be kept in a snapshot. All sizes are bounded. */
export interface Tally {
  readonly serial: number;
  readonly founder: PostId;
  firstAt: number;
  lastAt: number;
  /** Distinct texts; `voices` counts distinct authors among them. */
  count: number;
  copies: number;
  /** Hashes of pseudonyms, only to count them. */
  authors: Set<number>;
  voices: number;
  members: Members;
  texts: string[];
  concern: number;
  negative: number;
  /** Posts in a glad mood. */
  glad: number;
  rumor: number;
  /** Posts that pass on or question something heard and need checking. */
  hearsay: number;
  urgent: number;
  lifeAtRisk: PostId[];
  kinds: Map<IncidentKind, number>;
  needs: Map<NeedKind, number>;
  duties: Map<Duty, number>;
  places: Map<RegionCode, { posts: number; sample: PostId[] }>;
  placed: number;
  villages: Map<string, number>;
  villageSaid: number;
  hintProvinces: Map<string, PostId>;
  spoken: Map<Tier, PostId>;
  hotlists: Map<Tier, PostId>;
  media: number;
  interaction: number;
  lastHour: number;
  lastHourAt: number;
  burst: BurstCount;
  claims: ClaimCount;
  /** Its posts, while they are few; null once there were too many to be kept. */
  parts: Part[] | null;
  /** Serials of the clusters that it was split from, or that were split off it: they are not put together again. */
  apart: number[];
  opened: Opened | null;
}

/** Posts noted of a cluster that is no incident (yet), and of one that is: the first quarter and the newest. */
export const MEMBERS = { before: 64, open: 200 } as const;
export const TEXTS = 10;
export const AUTHORS = 2_000;
const HOUR = 3_600_000;
export const newTally = (serial: number, post: Counted): Tally => ({
  serial,
  founder: post.id,
  firstAt: post.time,
  lastAt: post.time,
  count: 0,
  copies: 0,
  authors: new Set(),
  voices: 0,
  members: newMembers(),
  texts: [],
  concern: 0,
  negative: 0,
  glad: 0,
  rumor: 0,
  hearsay: 0,
  urgent: 0,
  lifeAtRisk: [],
  kinds: new Map(),
  needs: new Map(),
  duties: new Map(),
  places: new Map(),
  placed: 0,
  villages: new Map(),
  villageSaid: 0,
  hintProvinces: new Map(),
  spoken: new Map(),
  hotlists: new Map(),
  media: 0,
  interaction: 0,
  lastHour: 0,
  lastHourAt: post.time,
  burst: newBurst(),
  claims: newClaims(),
  parts: [],
  apart: [],
  opened: null,
});

/** Decayed count of distinct posts with a half-life of 42 minutes: the same as an hour's count in a steady stream. */
export const lastHourAt = (tally: Tally, time: number): number =>
  tally.lastHour * Math.exp(-Math.max(0, time - tally.lastHourAt) / HOUR);
