import { countCopy, countPart } from './count-part.ts';
import { regionOf } from './count-places.ts';
import type { Counted } from './counted.ts';
import type { Cluster } from './one-cluster.ts';
import { mayOpen, type OpenRules } from './open-rules.ts';
import type { Part } from './part.ts';
import type { Tally } from './tally.ts';
import {
  concernOfYoung,
  newYoung,
  regionOfYoung,
  takeIn,
  takeInCopy,
  tallyOfYoung,
  voicesOfYoung,
  type Young,
} from './young.ts';

/** What is counted of each cluster, by its number: a tally, or while it has few posts and is no incident just these posts. */
export class Tallies {
  readonly #open: OpenRules;
  #grown = new Map<number, Tally>();
  #young = new Map<number, Young>();

  constructor(open: OpenRules) {
    this.#open = open;
  }

  /** Tallies there are; clusters of few posts have none. */
  get size(): number {
    return this.#grown.size;
  }

  all(): IterableIterator<Tally> {
    return this.#grown.values();
  }

  /** Undefined for a cluster of few posts. */
  get(serial: number): Tally | undefined {
    return this.#grown.get(serial);
  }

  /** The cluster's tally; one of few posts gets it for good now. */
  of(serial: number): Tally | undefined {
    const young = this.#young.get(serial);
    if (young !== undefined) this.keep(tallyOfYoung(serial, young));
    return this.#grown.get(serial);
  }

  /** The same for this answer only. Of a cluster of one post only where that is a plea: any other says nothing of one. */
  now(serial: number): Tally | undefined {
    const young = this.#young.get(serial);
    if (young === undefined) return this.#grown.get(serial);
    return young.parts.length > 1 || young.parts[0]!.post.need.lifeAtRisk ? tallyOfYoung(serial, young) : undefined;
  }

  /** From now on the cluster has this tally. */
  keep(tally: Tally): void {
    this.#young.delete(tally.serial);
    this.#grown.set(tally.serial, tally);
  }

  forget(serial: number): void {
    this.#grown.delete(serial);
    this.#young.delete(serial);
  }

  /** Mean concern of a cluster's posts, 0…1. */
  concernIn(serial: number): number {
    const tally = this.#grown.get(serial);
    if (tally !== undefined) return tally.concern / tally.count;
    const young = this.#young.get(serial);
    return young === undefined ? 0 : concernOfYoung(young);
  }

  /** Counts a post for its cluster and says where that is now; answers as `IncidentBook.enter`. */
  enter(cluster: Cluster, part: Part, isPlea: boolean): Tally | undefined {
    const { serial } = cluster;
    if (!this.#grown.has(serial)) {
      let young = this.#young.get(serial);
      const isIn = young === undefined || takeIn(young, part);
      if (young === undefined) this.#young.set(serial, (young = newYoung(part)));
      if (isIn) {
        cluster.region = regionOfYoung(young);
        return isPlea || this.#mayOpen(cluster, young) ? tallyOfYoung(serial, young) : undefined;
      }
    }
    const tally = this.of(serial)!;
    countPart(tally, part);
    cluster.region = regionOf(tally);
    return tally;
  }

  #mayOpen({ region, spots }: Cluster, young: Young): boolean {
    const [voices, concern] = [voicesOfYoung(young), concernOfYoung(young)];
    return mayOpen({ region, voices, concern, onSpot: Math.max(0, ...spots.values()) }, this.#open);
  }

  enterCopy(serial: number, copy: Counted, isNewcomer: boolean): Tally | undefined {
    const young = this.#young.get(serial);
    if (young !== undefined) takeInCopy(young, copy, isNewcomer);
    const tally = this.#grown.get(serial);
    if (tally !== undefined) countCopy(tally, copy, isNewcomer);
    return tally;
  }

  save(): TalliesState {
    return { tallies: this.#grown, young: this.#young };
  }

  load(state: TalliesState): void {
    this.#grown = new Map(state.tallies);
    this.#young = new Map(state.young);
  }
}

export interface TalliesState {
  readonly tallies: ReadonlyMap<number, Tally>;
  readonly young: ReadonlyMap<number, Young>;
}
