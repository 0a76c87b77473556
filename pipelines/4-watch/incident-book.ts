import { Latest } from '../domain/latest.ts';
import type { FoldedPost, PostId } from '../domain/post.ts';
import { oneProvince } from '../domain/region.ts';
import { caseOf, type Case } from '../domain/same-case.ts';
import { likeness } from './likeness.ts';
import { meet, near } from './nearness.ts';
import { Clusters, type ClusterOptions, type ClustersState } from './cluster.ts';
import { mostNamed, silenceBetween, type Cluster } from './one-cluster.ts';
import type { Seen } from './incident-of.ts';
import type { OpenRules } from './open-rules.ts';
import { termsOfPart, type Part } from './part.ts';
import type { Terms } from './terms.ts';
import type { Vector } from './vector.ts';
import { CaseIndex, type CaseIndexState } from './case-index.ts';
import { countedAnew } from './count-part.ts';
import { most } from './counts.ts';
import { regionOf } from './count-places.ts';
import { mergeTally } from './merge-tally.ts';
import type { Tally } from './tally.ts';
import { Tallies, type TalliesState } from './tallies.ts';

/**
 * Likeness of what two clusters say from which the newer one is a part of the incident already open. Of pairs that name one road of
 * one city (planted incidents, two seeds), 445 of 460 at .15 or over were one incident, and 5 of 23 below.
 */
const SAME_INCIDENT = 0.18;
/** A plea with more posts than this has become the talk of more than one place. */
const FEW = 12;
/** First posts whose copies still find their cluster: as many as are folded onto. */
const GROUPS = 200_000;
/** So many times the capacity there may be between two sweeps. */
const OVER = 1.1;
/** Share of the capacity that may be incidents: each takes as much memory as twenty other clusters. */
const INCIDENTS = 0.05;
/** Share of it that may have more than a few posts, incidents among them. */
const GROWN = 0.2;

export interface BookOptions extends ClusterOptions {
  readonly open: OpenRules;
}

/** Clusters with their tallies, and which text group went to which. */
export class IncidentBook {
  readonly clusters: Clusters;
  readonly #cases = new CaseIndex();
  readonly #windowMs: number;
  readonly #capacity: number;
  readonly #tallies: Tallies;
  readonly #groups = new Latest<PostId, number>(GROUPS);

  constructor(options: BookOptions) {
    this.#tallies = new Tallies(options.open);
    this.clusters = new Clusters(options);
    this.#windowMs = options.windowMs;
    this.#capacity = options.capacity;
  }

  /** The cluster's tally; one of few posts gets it for good now. */
  tallyOf({ serial }: Cluster): Tally | undefined {
    return this.#tallies.of(serial);
  }

  /** From now on the cluster has this tally. */
  keep(tally: Tally): void {
    this.#tallies.keep(tally);
  }

  /** The tally a first post counts for now. */
  tallyOfPost(id: PostId): Tally | undefined {
    return this.#tallies.get(this.#groups.get(id) ?? 0);
  }

  /** Mean concern of a cluster's posts, 0…1. */
  concernIn({ serial }: Cluster): number {
    return this.#tallies.concernIn(serial);
  }

  /**
   * Counts a post for its cluster and answers with its tally, or with undefined where the post cannot make an incident of it. The
   * tally of a cluster of few posts is made for this answer only (`keep`).
   */
  enter(cluster: Cluster, part: Part, isPlea: boolean): Tally | undefined {
    this.#groups.set(part.post.id, cluster.serial);
    return this.#tallies.enter(cluster, part, isPlea);
  }

  /** Counts a copy of a text whose first post was entered; answers the tally where it is that of more than a few posts. */
  enterCopy(copy: FoldedPost, isNewcomer: boolean): Tally | undefined {
    const serial = this.#groups.get(copy.group);
    return serial === undefined ? undefined : this.#tallies.enterCopy(serial, copy, isNewcomer);
  }

  /** The incident a tally stands for; undefined where it is none (yet). */
  seen(tally: Tally): Seen | undefined {
    const cluster = this.clusters.get(tally.serial);
    return cluster === undefined || tally.opened === null ? undefined : { tally, opened: tally.opened, cluster };
  }

  *opened(): IterableIterator<Seen> {
    for (const tally of this.#tallies.all()) {
      const seen = this.seen(tally);
      if (seen !== undefined) yield seen;
    }
  }

  /** The open incident that a cluster about to be opened is a part of, where there is one. */
  openedNear(cluster: Cluster, plea: Case | undefined): Seen | undefined {
    const { region } = cluster;
    if (region === null) return undefined;
    let best: Tally | undefined;
    let highest = SAME_INCIDENT;
    for (const tally of this.#tallies.all()) {
      if (tally.opened === null) continue;
      const other = this.clusters.get(tally.serial);
      if (other === undefined || other === cluster || silenceBetween(other, cluster) > this.#windowMs) continue;
      // Most are of other provinces, and to know that costs little: what is near is of one.
      if (other.region === null || !oneProvince(other.region, region) || !near(other, cluster)) continue;
      if (plea !== undefined && !this.takes(other, plea)) continue;
      const score = likeness(other, cluster);
      if (score < highest) continue;
      highest = score;
      best = tally;
    }
    return best === undefined ? undefined : this.seen(best);
  }

  /**
   * What else tells of the road that half of an incident's posts name, in its city or, where only cities are named, in its
   * province: one trouble is told in many words.
   */
  sameSpot({ tally, cluster }: Seen): Cluster[] {
    const [spot, on] = mostNamed(cluster);
    if (on * 2 < tally.count) return [];
    return this.clusters.naming(spot).filter((other) => {
      if (other === cluster || other.region === null || silenceBetween(other, cluster) > this.#windowMs) return false;
      if (meet(other.spots, cluster.spots) !== 'shared' || !near(other, cluster)) return false;
      return this.agree(cluster, other) && this.agree(other, cluster) && likeness(other, cluster) >= SAME_INCIDENT;
    });
  }

  /** The cluster that already tells of this very case, whatever its words and its town. */
  ofCase(plea: Case, time: number): Cluster | undefined {
    for (const serial of this.#cases.of(plea)) {
      const cluster = this.clusters.get(serial);
      if (cluster === undefined) continue;
      if (silenceBetween(cluster, { firstAt: time, lastAt: time }) <= this.#windowMs) return cluster;
    }
    return undefined;
  }

  notePlea(cluster: Cluster, plea: Case): void {
    this.#cases.note(cluster.serial, plea);
  }

  /** False where a cluster is another case than this plea: two families in need write alike. */
  takes(cluster: Cluster, plea: Case): boolean {
    const sameness = this.#cases.compare(cluster.serial, plea);
    if (sameness !== 'elsewhere') return sameness !== 'other';
    // What a whole region talks of is told from many places; a young plea is of one.
    const tally = this.#tallies.now(cluster.serial);
    if (tally === undefined) return false;
    return tally.count > FEW || tally.lifeAtRisk.length < tally.count / 2 || most(tally.kinds) !== '求助';
  }

  /** False where two clusters hold the pleas of two cases, or one was split off the other. */
  agree(a: Cluster, b: Cluster): boolean {
    if (this.#tallies.get(a.serial)?.apart.includes(b.serial) === true) return false;
    const plea = this.#cases.caseOf(b.serial);
    return plea === undefined || this.takes(a, plea);
  }

  /** Pours one cluster and its tally into another and closes it. */
  absorb(into: Cluster, from: Cluster): void {
    const intoTally = this.tallyOf(into);
    const fromTally = this.tallyOf(from);
    if (intoTally === undefined || fromTally === undefined) return;
    this.clusters.merge(into, from);
    this.#cases.merge(into.serial, from.serial);
    mergeTally(intoTally, fromTally);
    for (const id of fromTally.members.ids) this.#groups.set(id, into.serial);
    this.#tallies.forget(from.serial);
    into.region = regionOf(intoTally);
  }

  /**
   * Takes some of a cluster's posts out of it and counts both anew; answers the cluster that is theirs. The older keeps its number,
   * what it is as an incident and the signs of its burst.
   */
  split(older: Cluster, leaves: readonly Part[], vectorOf: (terms: Terms) => Vector): Cluster | undefined {
    const tally = this.#tallies.get(older.serial);
    const stays = tally?.parts?.filter((part) => !leaves.includes(part)) ?? [];
    const [first] = leaves;
    if (tally === undefined || first === undefined || stays.length === 0) return undefined;
    const add = (cluster: Cluster, part: Part): void => {
      const terms = termsOfPart(part);
      this.clusters.add(cluster, vectorOf(terms), terms, part.post.time);
    };
    const terms = termsOfPart(first);
    const younger = this.clusters.found(vectorOf(terms), terms, first.post.region?.code ?? null, first.post.time);
    for (const part of leaves.slice(1)) add(younger, part);
    this.clusters.empty(older, stays[0]!.post.time);
    for (const part of stays) add(older, part);
    const apart = [...tally.apart, younger.serial];
    const { burst, opened } = tally;
    Object.assign(tally, this.#countAnew(older, stays, opened), { burst, apart });
    const own = this.#countAnew(younger, leaves, opened);
    own.opened = null;
    own.apart = [older.serial];
    this.#tallies.keep(own);
    return younger;
  }

  #countAnew(cluster: Cluster, parts: readonly Part[], opened: Tally['opened']): Tally {
    const tally = countedAnew(cluster.serial, parts, opened);
    this.#cases.drop(cluster.serial);
    for (const part of parts) {
      this.#groups.set(part.post.id, cluster.serial);
      const plea = caseOf(part.post);
      if (plea !== undefined) this.#cases.note(cluster.serial, plea);
    }
    cluster.region = regionOf(tally);
    return tally;
  }

  get isFull(): boolean {
    return this.clusters.size > this.#capacity;
  }

  /** Sweeping may not wait. */
  get isOverfull(): boolean {
    return this.clusters.size > this.#capacity * OVER;
  }

  /** The incidents longest silent, of more than are followed at a time. */
  tooMany(): readonly Seen[] {
    const most = Math.max(1, Math.floor(this.#capacity * INCIDENTS));
    if (this.#tallies.size <= most) return [];
    const opened = [...this.opened()];
    if (opened.length <= most) return [];
    const gone = new Set(
      silentFirst(opened.map(({ tally }) => tally)).slice(0, opened.length - Math.floor(most * 0.9)),
    );
    return opened.filter(({ tally }) => gone.has(tally));
  }

  letGo(cluster: Cluster): void {
    this.clusters.close(cluster);
    this.#forget(cluster.serial);
  }

  #forget(serial: number): void {
    this.#tallies.forget(serial);
    this.#cases.drop(serial);
  }

  /** Forgets what has been silent for too long at this event time. */
  sweep(time: number): void {
    const closed = this.clusters.sweep(time, (serial) => (this.#tallies.get(serial)?.opened ?? null) !== null);
    for (const serial of closed) this.#forget(serial);
    const most = Math.floor(this.#capacity * GROWN);
    if (this.#tallies.size <= most) return;
    const talk = [...this.#tallies.all()].filter(({ opened }) => opened === null);
    for (const { serial } of silentFirst(talk).slice(0, this.#tallies.size - Math.floor(most * 0.9)))
      this.letGo(this.clusters.get(serial)!);
  }

  save(): BookState {
    const groups = [...this.#groups];
    return { clusters: this.clusters.save(), cases: this.#cases.save(), ...this.#tallies.save(), groups };
  }

  load(state: BookState): void {
    this.clusters.load(state.clusters);
    this.#cases.load(state.cases);
    this.#tallies.load(state);
    for (const [group, serial] of state.groups) this.#groups.set(group, serial);
  }
}

const silentFirst = (tallies: readonly Tally[]): Tally[] =>
  [...tallies].sort((a, b) => a.lastAt - b.lastAt || a.serial - b.serial);

export interface BookState extends TalliesState {
  readonly clusters: ClustersState;
  readonly cases: CaseIndexState;
  readonly groups: readonly (readonly [PostId, number])[];
}
