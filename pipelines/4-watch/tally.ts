import type { Duty } from '../domain/duty.ts';
import type { IncidentId, IncidentKind, SpreadStep } from '../domain/incident.ts';
import type { FoldedPost, NeedKind, PostId } from '../domain/post.ts';
import { spotsIn } from '../domain/particulars.ts';
import { pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import type { Concern } from './concern.ts';

/** The public side of a cluster that has become an incident. */
export interface Opened {
  readonly id: IncidentId;
  readonly openedAt: number;
  rung: Tier;
  title: string;
  steps: SpreadStep[];
  heat: number;
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
  authors: Set<string>;
  voices: number;
  members: { id: PostId; at: number }[];
  texts: string[];
  concern: number;
  negative: number;
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
  opened: Opened | null;
}

const MEMBERS = 200;
const TEXTS = 10;
/** Characters of a text that a title may be cut from. */
export const TEXT_KEPT = 160;
const AUTHORS = 2_000;
const PLACES = 256;
const HOUR = 3_600_000;
/** A place that only the source hinted at is no evidence of where the event is. */
const SURE = 0.35;
const VILLAGE = /(?:村|屯|社区|小区|家属院|安置区)$/u;

/** The village, neighbourhood or estate that a text names. */
export const villageIn = (text: string): string | undefined => spotsIn(text).find((spot) => VILLAGE.test(spot));

/** The place a post itself names, or null. */
export const sureRegion = (post: FoldedPost): RegionCode | null =>
  post.region !== null && post.region.confidence >= SURE ? post.region.code : null;

export const newTally = (serial: number, post: FoldedPost): Tally => ({
  serial,
  founder: post.id,
  firstAt: post.time,
  lastAt: post.time,
  count: 0,
  copies: 0,
  authors: new Set(),
  voices: 0,
  members: [],
  texts: [],
  concern: 0,
  negative: 0,
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
  opened: null,
});

/** Which tier an official or media voice reaches, by its followers (log10) where it says them. */
export function tierOfVoice(post: FoldedPost): Tier | null {
  const author = post.author;
  if (author === undefined || (author.kind !== 'media' && author.kind !== 'official')) return null;
  const followers = author.followersLog10;
  if (followers === undefined) return null;
  if (followers >= 7) return 'nation';
  if (followers >= 6) return 'province';
  return followers >= 5 ? 'city' : null;
}

/** The scope of a hot list, by its own name; a list that names none is a national one. */
export function scopeOfHotlist(post: FoldedPost): Tier | null {
  if (post.kind !== 'hotlist') return null;
  const name = `${post.platform}${post.source}`;
  if (/同城|本地|市/u.test(name)) return 'city';
  return /省/u.test(name) ? 'province' : 'nation';
}

/** Counts one distinct post. */
export function countPost(tally: Tally, post: FoldedPost, concern: Concern): void {
  tally.firstAt = Math.min(tally.firstAt, post.time);
  tally.lastAt = Math.max(tally.lastAt, post.time);
  tally.count++;
  const author = post.author?.key ?? post.id;
  if (tally.authors.size < AUTHORS && !tally.authors.has(author)) {
    tally.authors.add(author);
    tally.voices++;
  }
  if (tally.members.length >= MEMBERS) tally.members.splice(MEMBERS / 4, 1);
  tally.members.push({ id: post.id, at: post.time });
  if (tally.texts.length < TEXTS) tally.texts.push(post.title ?? post.text.slice(0, TEXT_KEPT));
  tally.concern += concern.score;
  if (post.sentiment.label === 'negative') tally.negative++;
  tally.rumor += post.rumor.score;
  const heard = concern.hearsay && post.rumor.needsCheck;
  if (heard) tally.hearsay++;
  // “听说要溃坝，真的假的” asks whether there is a danger; only who asks for help says that somebody is in it.
  const firstHand = !heard || post.need.kind === '求助';
  if (post.need.urgent && firstHand) tally.urgent++;
  if (post.need.lifeAtRisk && firstHand && tally.lifeAtRisk.length < 20) tally.lifeAtRisk.push(post.id);
  if (concern.kind !== null) bump(tally.kinds, concern.kind);
  if (post.need.kind !== null) bump(tally.needs, post.need.kind);
  for (const duty of post.duty) bump(tally.duties, duty);
  countPlaces(tally, post);
  const voice = tierOfVoice(post);
  if (voice !== null && !tally.spoken.has(voice)) tally.spoken.set(voice, post.id);
  if (post.author?.kind === 'media' || post.author?.kind === 'official') tally.media++;
  const list = scopeOfHotlist(post);
  if (list !== null && !tally.hotlists.has(list)) tally.hotlists.set(list, post.id);
  const counts = post.counts;
  if (counts !== undefined)
    tally.interaction += (counts.like ?? 0) + 2 * (counts.comment ?? 0) + 3 * (counts.repost ?? 0);
  tally.lastHour = lastHourAt(tally, post.time) + 1;
  tally.lastHourAt = Math.max(tally.lastHourAt, post.time);
}

/** Decayed count of distinct posts with a half-life of 42 minutes: the same as an hour's count in a steady stream. */
export const lastHourAt = (tally: Tally, time: number): number =>
  tally.lastHour * Math.exp(-Math.max(0, time - tally.lastHourAt) / HOUR);

function countPlaces(tally: Tally, post: FoldedPost): void {
  const region = sureRegion(post);
  if (region !== null) {
    tally.placed++;
    for (const code of pathOf(region)) {
      const place = tally.places.get(code);
      if (place === undefined) {
        if (tally.places.size < PLACES) tally.places.set(code, { posts: 1, sample: [post.id] });
      } else {
        place.posts++;
        if (place.sample.length < 8) place.sample.push(post.id);
      }
    }
  }
  const village = villageIn(post.text);
  if (village !== undefined) {
    tally.villageSaid++;
    if (tally.villages.size < 8) bump(tally.villages, village);
  }
  const province = post.hints?.province;
  if (province !== undefined && tally.hintProvinces.size < 40 && !tally.hintProvinces.has(province))
    tally.hintProvinces.set(province, post.id);
}

/** The deepest division that at least 70 % of the placed posts are in. */
export function regionOf(tally: Tally): RegionCode | null {
  let best: RegionCode | null = null;
  let bestDepth = -1;
  for (const [code, place] of tally.places) {
    if (place.posts < 0.7 * tally.placed) continue;
    const depth = DEPTH[tierOfRegion(code)];
    if (depth > bestDepth || (depth === bestDepth && best !== null && code < best)) {
      best = code;
      bestDepth = depth;
    }
  }
  return best;
}
const DEPTH: Readonly<Record<Tier, number>> = { nation: 0, province: 1, city: 2, county: 3, town: 4, village: 5 };

export function bump<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The key most often counted; the first seen wins a tie. */
export function most<K>(counts: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined;
  let top = 0;
  for (const [key, count] of counts)
    if (count > top) {
      best = key;
      top = count;
    }
  return best;
}

/** Pours one tally into another. */
export function mergeTally(into: Tally, from: Tally): void {
  into.firstAt = Math.min(into.firstAt, from.firstAt);
  into.lastAt = Math.max(into.lastAt, from.lastAt);
  into.count += from.count;
  into.copies += from.copies;
  for (const author of from.authors) if (into.authors.size < AUTHORS) into.authors.add(author);
  into.voices = Math.max(into.voices, into.authors.size);
  into.members = [...into.members, ...from.members].sort((a, b) => a.at - b.at).slice(-MEMBERS);
  into.texts = [...into.texts, ...from.texts].slice(0, TEXTS);
  into.concern += from.concern;
  into.negative += from.negative;
  into.rumor += from.rumor;
  into.hearsay += from.hearsay;
  into.urgent += from.urgent;
  into.lifeAtRisk = [...into.lifeAtRisk, ...from.lifeAtRisk].slice(0, 20);
  for (const [key, count] of from.kinds) into.kinds.set(key, (into.kinds.get(key) ?? 0) + count);
  for (const [key, count] of from.needs) into.needs.set(key, (into.needs.get(key) ?? 0) + count);
  for (const [key, count] of from.duties) into.duties.set(key, (into.duties.get(key) ?? 0) + count);
  for (const [code, place] of from.places) {
    const mine = into.places.get(code);
    if (mine === undefined) into.places.set(code, { posts: place.posts, sample: [...place.sample] });
    else {
      mine.posts += place.posts;
      mine.sample = [...mine.sample, ...place.sample].slice(0, 8);
    }
  }
  into.placed += from.placed;
  for (const [name, count] of from.villages) into.villages.set(name, (into.villages.get(name) ?? 0) + count);
  into.villageSaid += from.villageSaid;
  for (const [province, post] of from.hintProvinces)
    if (!into.hintProvinces.has(province)) into.hintProvinces.set(province, post);
  for (const [tier, post] of from.spoken) if (!into.spoken.has(tier)) into.spoken.set(tier, post);
  for (const [tier, post] of from.hotlists) if (!into.hotlists.has(tier)) into.hotlists.set(tier, post);
  into.media += from.media;
  into.interaction += from.interaction;
  into.lastHour = lastHourAt(into, from.lastHourAt) + lastHourAt(from, into.lastHourAt);
  into.lastHourAt = Math.max(into.lastHourAt, from.lastHourAt);
}
