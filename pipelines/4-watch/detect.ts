import type { Incident, IncidentEvent, IncidentId } from '../domain/incident.ts';
import type { FoldedPost, PostId } from '../domain/post.ts';
import { regionAt, type RegionCode } from '../domain/region.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { Clusters, DocumentFrequency, topWords, vectorOf, type Cluster, type Vector } from './cluster.ts';
import { concernOf, type Concern } from './concern.ts';
import { gradeSpread, SPREAD_RULES, type SpreadEvidence, type SpreadRules } from './grade-spread.ts';
import { eventOf, heatAt, incidentOf, type Seen } from './incident-of.ts';
import { RateTable } from './moving-average.ts';
import { countPost, lastHourAt, mergeTally, newTally, regionOf, type Tally } from './tally.ts';
import { hashOf, termsOf, type Terms } from './terms.ts';
import { titleOf } from './title.ts';
import { openBecause, OPEN_RULES, type OpenRules } from './open-rules.ts';

export interface DetectorOptions {
  readonly names: RegionNames;
  readonly open?: OpenRules;
  readonly spread?: SpreadRules;
  /** An incident nobody added to for this long has cooled, ms. */
  readonly coolMs?: number;
  /** Least cosine at which a post joins a cluster, 0…1. */
  readonly join?: number;
  readonly capacity?: number;
}

/** What one batch changed. */
export interface Watch {
  readonly events: IncidentEvent[];
  readonly incidents: Incident[];
  readonly evidence: { incident: IncidentId; post: PostId; at: number }[];
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SWEEP = 10 * MINUTE;
const RATE_TIERS = ['county', 'city', 'province'] as const;
const NATION = hashOf('全国');
const ALL_WORDS = hashOf('*');
const RATED_WORDS = 16;

/**
 * Finds incidents in a stream of understood posts, in event time, with bounded memory and no clock: the same posts in the same
 * order give the same events at any speed. Posts are clustered in one pass; a cluster becomes an incident by open-rules.ts,
 * climbs by grade-spread.ts, and cools when nobody adds to it.
 */
export class Detector {
  readonly #names: RegionNames;
  readonly #open: OpenRules;
  readonly #spread: SpreadRules;
  readonly #coolMs: number;
  readonly #join: number;
  readonly #frequency = new DocumentFrequency();
  readonly #rates = new RateTable();
  readonly #clusters: Clusters;
  #tallies = new Map<number, Tally>();
  /** Which cluster a text group went to, so that its copies follow. */
  #groups = new Map<PostId, number>();
  #since = 0;
  #watermark = 0;
  #sweptAt = 0;

  constructor(options: DetectorOptions) {
    this.#names = options.names;
    this.#open = options.open ?? OPEN_RULES;
    this.#spread = options.spread ?? SPREAD_RULES;
    this.#coolMs = options.coolMs ?? 36 * HOUR;
    this.#join = options.join ?? 0.3;
    this.#clusters = new Clusters({
      threshold: this.#join,
      windowMs: this.#coolMs,
      capacity: options.capacity ?? 12_000,
    });
  }

  watch(posts: readonly FoldedPost[]): Watch {
    const events: IncidentEvent[] = [];
    const changed = new Map<IncidentId, Incident>();
    const evidence: Watch['evidence'] = [];
    for (const post of posts) {
      if (this.#since === 0 || post.time < this.#since) this.#since = post.time;
      if (post.time > this.#watermark) this.#watermark = post.time;
      if (this.#watermark - this.#sweptAt >= SWEEP) this.#sweep(events, changed);
      const tally = post.group === post.id ? this.#place(post, events, changed) : this.#copy(post);
      if (tally?.opened == null) continue;
      const seen = this.#seen(tally);
      if (seen === undefined) continue;
      evidence.push({ incident: seen.opened.id, post: post.id, at: post.time });
      seen.opened.heat = heatAt(tally, this.#watermark);
      changed.set(seen.opened.id, incidentOf(seen, 'open', this.#names));
    }
    return { events, incidents: [...changed.values()], evidence };
  }

  /** A copy of a text counts for its folding only: never towards opening, rung or heat. */
  #copy(post: FoldedPost): Tally | undefined {
    const serial = this.#groups.get(post.group);
    const tally = serial === undefined ? undefined : this.#tallies.get(serial);
    if (tally !== undefined) tally.copies++;
    return tally;
  }

  #place(post: FoldedPost, events: IncidentEvent[], changed: Map<IncidentId, Incident>): Tally | undefined {
    const terms = termsOf(post);
    this.#frequency.add(terms);
    this.#rate(post, terms);
    const concern = concernOf(post);
    const vector = vectorOf(terms, this.#frequency);
    const region = post.region?.code ?? null;
    const [first, second] = this.#clusters.nearest(vector, region, post.time);
    let cluster: Cluster;
    if (first !== undefined && first.score >= this.#join) {
      cluster = first.cluster;
      this.#clusters.add(cluster, vector, terms, post.time);
      if (second !== undefined && second.score >= this.#join)
        cluster = this.#maybeMerge(cluster, second.cluster, events, changed);
    } else if (region !== null || concern.score >= 0.3)
      cluster = this.#clusters.found(vector, terms, region, post.time);
    else return undefined;
    let tally = this.#tallies.get(cluster.serial);
    if (tally === undefined) {
      tally = newTally(cluster.serial, post);
      this.#tallies.set(cluster.serial, tally);
    }
    countPost(tally, post, concern);
    this.#groups.set(post.id, cluster.serial);
    cluster.region = regionOf(tally);
    if (tally.opened === null) this.#maybeOpen(tally, cluster, post, concern, vector, events);
    else this.#maybeStep(tally, cluster, post, events);
    return tally;
  }

  #rate(post: FoldedPost, terms: Terms): void {
    const region = post.region?.code;
    const words = Math.min(terms.ids.length, RATED_WORDS);
    for (const tier of RATE_TIERS) {
      const code = region === undefined ? undefined : regionAt(region, tier);
      if (code === undefined) continue;
      const place = hashOf(code);
      this.#rates.add(place, ALL_WORDS, post.time);
      for (let at = 0; at < words; at++) this.#rates.add(place, terms.ids[at]!, post.time);
    }
    this.#rates.add(NATION, ALL_WORDS, post.time);
  }

  #maybeOpen(
    tally: Tally,
    cluster: Cluster,
    post: FoldedPost,
    concern: Concern,
    vector: Vector,
    events: IncidentEvent[],
  ): void {
    const burst = tally.count < this.#open.posts ? 0 : this.#burst(cluster, vector, post.time);
    const because = openBecause(
      { tally, post, concern, burst, words: topWords(cluster, 4), region: cluster.region },
      this.#open,
    );
    if (because === null) return;
    const texts = tally.texts;
    tally.opened = {
      id: incidentId(tally, cluster.region),
      openedAt: post.time,
      rung: 'village',
      title: titleOf(texts, topWords(cluster, 10)),
      steps: [],
      heat: heatAt(tally, this.#watermark),
    };
    const rung = this.#rungOf(tally, cluster, post.time);
    tally.opened.rung = rung.rung;
    const posts = tally.members.map((member) => member.id);
    tally.opened.steps.push({
      from: null,
      to: rung.rung,
      at: post.time,
      because: [...because, ...rung.because],
      evidence: posts.slice(-50),
    });
    const seen = { tally, opened: tally.opened, cluster };
    events.push(eventOf(seen, 'opened', post.time, [...because, ...rung.because], posts, this.#names));
  }

  #maybeStep(tally: Tally, cluster: Cluster, post: FoldedPost, events: IncidentEvent[]): void {
    const opened = tally.opened;
    if (opened === null) return;
    if (tally.count <= 12 || (tally.count & (tally.count - 1)) === 0)
      opened.title = titleOf(tally.texts, topWords(cluster, 10));
    const rung = this.#rungOf(tally, cluster, post.time);
    if (tierRank(rung.rung) <= tierRank(opened.rung)) return;
    opened.steps.push({
      from: opened.rung,
      to: rung.rung,
      at: post.time,
      because: rung.because,
      evidence: rung.evidence,
    });
    opened.rung = rung.rung;
    opened.heat = heatAt(tally, this.#watermark);
    const seen = { tally, opened, cluster };
    const because = [`扩散升到${TIER_NAMES[rung.rung]}级`, ...rung.because];
    events.push(eventOf(seen, 'step', post.time, because, rung.evidence, this.#names));
  }

  #rungOf(tally: Tally, cluster: Cluster, time: number): ReturnType<typeof gradeSpread> {
    const volume: SpreadEvidence['volume'] = new Map(
      RATE_TIERS.flatMap((tier) => {
        const code = cluster.region === null ? undefined : regionAt(cluster.region, tier);
        if (code === undefined) return [];
        const usual = this.#rates.usualPerHour(hashOf(code), ALL_WORDS, time, this.#since);
        const sample = tally.members.slice(-8).map((member) => member.id);
        return [[tier, { lastHour: lastHourAt(tally, time), usual, sample }] as const];
      }),
    );
    return gradeSpread(
      {
        places: tally.places,
        hintProvinces: tally.hintProvinces,
        voices: tally.spoken,
        hotlists: tally.hotlists,
        volume,
        oneVillage: tally.villages.size === 1 && tally.villageSaid >= tally.count / 2,
        region: cluster.region,
      },
      (code: RegionCode) => this.#names.shortName(code),
      this.#spread,
    );
  }

  /** The most significant of the cluster's heaviest words at the places of its path. */
  #burst(cluster: Cluster, vector: Vector, time: number): number {
    if (cluster.region === null) return 0;
    const own = [...cluster.words.keys()]
      .sort((a, b) => (cluster.weights.get(b) ?? 0) - (cluster.weights.get(a) ?? 0))
      .slice(0, 3);
    const words = own.length > 0 ? own : vector.ids.slice(0, vector.wordCount);
    let most = 0;
    for (const tier of RATE_TIERS) {
      const code = regionAt(cluster.region, tier);
      if (code === undefined) continue;
      for (const word of words) most = Math.max(most, this.#rates.significance(hashOf(code), word, time, this.#since));
    }
    return most;
  }

  #maybeMerge(a: Cluster, b: Cluster, events: IncidentEvent[], changed: Map<IncidentId, Incident>): Cluster {
    if (this.#clusters.similarity(a, b) < Math.max(0.5, this.#join + 0.15)) return a;
    const ta = this.#tallies.get(a.serial);
    const tb = this.#tallies.get(b.serial);
    if (ta === undefined || tb === undefined) return a;
    const aFirst = ta.opened !== null && (tb.opened === null || ta.opened.openedAt <= tb.opened.openedAt);
    const keepA = ta.opened === null && tb.opened === null ? ta.count >= tb.count : aFirst;
    const [into, from, intoTally, fromTally] = keepA ? [a, b, ta, tb] : [b, a, tb, ta];
    if (fromTally.opened !== null && intoTally.opened !== null) {
      const seen = { tally: fromTally, opened: fromTally.opened, cluster: from };
      const because = [`与“${intoTally.opened.title}”用词和地点一致，并为一件`];
      const posts = fromTally.members.map((member) => member.id);
      events.push(eventOf(seen, 'merged', this.#watermark, because, posts, this.#names, intoTally.opened.id));
      changed.set(fromTally.opened.id, incidentOf(seen, 'merged', this.#names, intoTally.opened.id));
    }
    this.#clusters.merge(into, from);
    mergeTally(intoTally, fromTally);
    for (const member of fromTally.members) this.#groups.set(member.id, into.serial);
    this.#tallies.delete(from.serial);
    into.region = regionOf(intoTally);
    return into;
  }

  #sweep(events: IncidentEvent[], changed: Map<IncidentId, Incident>): void {
    this.#sweptAt = this.#watermark;
    for (const tally of this.#tallies.values()) {
      if (tally.opened === null || this.#watermark - tally.lastAt <= this.#coolMs) continue;
      const seen = this.#seen(tally);
      if (seen === undefined) continue;
      const at = tally.lastAt + this.#coolMs;
      seen.opened.heat = heatAt(tally, at);
      const because = [`${Math.round(this.#coolMs / HOUR)} 小时没有新的帖文`];
      events.push(eventOf(seen, 'cooled', at, because, [], this.#names));
      changed.set(seen.opened.id, incidentOf(seen, 'cooled', this.#names));
    }
    const closed = this.#clusters.sweep(this.#watermark);
    if (closed.length === 0) return;
    for (const serial of closed) this.#tallies.delete(serial);
    for (const [group, serial] of this.#groups) if (!this.#tallies.has(serial)) this.#groups.delete(group);
  }

  #seen(tally: Tally): Seen | undefined {
    const cluster = this.#clusters.get(tally.serial);
    return cluster === undefined || tally.opened === null ? undefined : { tally, opened: tally.opened, cluster };
  }

  /** Everything the next post's judgement depends on, as plain data (Maps, Sets, typed arrays). */
  save(): DetectorState {
    return {
      version: STATE_VERSION,
      frequency: this.#frequency.save(),
      rates: this.#rates.save(),
      clusters: this.#clusters.save(),
      tallies: this.#tallies,
      groups: this.#groups,
      since: this.#since,
      watermark: this.#watermark,
      sweptAt: this.#sweptAt,
    };
  }

  /** False where the state is of another version: the caller replays what it has instead. */
  load(state: DetectorState): boolean {
    if (state.version !== STATE_VERSION) return false;
    this.#frequency.load(state.frequency);
    this.#rates.load(state.rates);
    this.#clusters.load(state.clusters);
    this.#tallies = new Map(state.tallies);
    this.#groups = new Map(state.groups);
    this.#since = state.since;
    this.#watermark = state.watermark;
    this.#sweptAt = state.sweptAt;
    return true;
  }
}

const STATE_VERSION = 1;

export interface DetectorState {
  readonly version: number;
  readonly frequency: ReturnType<DocumentFrequency['save']>;
  readonly rates: ReturnType<RateTable['save']>;
  readonly clusters: ReturnType<Clusters['save']>;
  readonly tallies: ReadonlyMap<number, Tally>;
  readonly groups: ReadonlyMap<PostId, number>;
  readonly since: number;
  readonly watermark: number;
  readonly sweptAt: number;
}

/** The day, the place and the first post's id: the same incident gets the same id in every replay. */
function incidentId(tally: Tally, region: RegionCode | null): IncidentId {
  const day = new Date(tally.firstAt + 8 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
  const founder = hashOf(tally.founder) >>> 0;
  return `${day}-${region ?? '000000'}-${founder.toString(36).padStart(7, '0')}` as IncidentId;
}
