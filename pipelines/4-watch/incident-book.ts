import type { FoldedPost, PostId } from '../domain/post.ts';
import { contains, regionAt, type RegionCode } from '../domain/region.ts';
import { Clusters, type Cluster, type ClusterOptions, type ClustersState } from './cluster.ts';
import type { Seen } from './incident-of.ts';
import { mergeTally, newTally, regionOf, type Tally } from './tally.ts';

/** Cosine of two clusters from which the newer one is a part of the incident already open. */
const SAME_INCIDENT = 0.3;

/** Clusters with their tallies, and which text group went to which. */
export class IncidentBook {
  readonly clusters: Clusters;
  #tallies = new Map<number, Tally>();
  #groups = new Map<PostId, number>();

  constructor(options: ClusterOptions) {
    this.clusters = new Clusters(options);
  }

  tallyOf(cluster: Cluster): Tally | undefined {
    return this.#tallies.get(cluster.serial);
  }

  /** The cluster's tally, begun by this post where there is none, with the post's group noted. */
  enter(cluster: Cluster, post: FoldedPost): Tally {
    let tally = this.#tallies.get(cluster.serial);
    if (tally === undefined) {
      tally = newTally(cluster.serial, post);
      this.#tallies.set(cluster.serial, tally);
    }
    this.#groups.set(post.id, cluster.serial);
    return tally;
  }

  /** Where the first post of a text went. */
  ofGroup(group: PostId): Tally | undefined {
    const serial = this.#groups.get(group);
    return serial === undefined ? undefined : this.#tallies.get(serial);
  }

  /** The incident a tally stands for; undefined where it is none (yet). */
  seen(tally: Tally): Seen | undefined {
    const cluster = this.clusters.get(tally.serial);
    return cluster === undefined || tally.opened === null ? undefined : { tally, opened: tally.opened, cluster };
  }

  *opened(): IterableIterator<Seen> {
    for (const tally of this.#tallies.values()) {
      const seen = this.seen(tally);
      if (seen !== undefined) yield seen;
    }
  }

  /** The open incident that a cluster about to be opened is a part of, where there is one. */
  openedNear(cluster: Cluster): Seen | undefined {
    let best: Seen | undefined;
    let most = SAME_INCIDENT;
    for (const seen of this.opened()) {
      if (seen.cluster.serial === cluster.serial || !near(seen.cluster.region, cluster.region)) continue;
      const score = this.clusters.similarity(seen.cluster, cluster);
      if (score < most) continue;
      most = score;
      best = seen;
    }
    return best;
  }

  /** Pours one cluster and its tally into another and closes it. */
  absorb(into: Cluster, from: Cluster): void {
    const intoTally = this.#tallies.get(into.serial);
    const fromTally = this.#tallies.get(from.serial);
    if (intoTally === undefined || fromTally === undefined) return;
    this.clusters.merge(into, from);
    mergeTally(intoTally, fromTally);
    for (const member of fromTally.members) this.#groups.set(member.id, into.serial);
    this.#tallies.delete(from.serial);
    into.region = regionOf(intoTally);
  }

  /** Forgets what has been silent for too long at this event time. */
  sweep(time: number): void {
    const closed = this.clusters.sweep(time);
    if (closed.length === 0) return;
    for (const serial of closed) this.#tallies.delete(serial);
    for (const [group, serial] of this.#groups) if (!this.#tallies.has(serial)) this.#groups.delete(group);
  }

  save(): BookState {
    return { clusters: this.clusters.save(), tallies: this.#tallies, groups: this.#groups };
  }

  load(state: BookState): void {
    this.clusters.load(state.clusters);
    this.#tallies = new Map(state.tallies);
    this.#groups = new Map(state.groups);
  }
}

export interface BookState {
  readonly clusters: ClustersState;
  readonly tallies: ReadonlyMap<number, Tally>;
  readonly groups: ReadonlyMap<PostId, number>;
}

/** In one city, or one within the other. */
const near = (a: RegionCode | null, b: RegionCode | null): boolean =>
  a !== null &&
  b !== null &&
  (contains(a, b) ||
    contains(b, a) ||
    (regionAt(a, 'city') !== undefined && regionAt(a, 'city') === regionAt(b, 'city')));
