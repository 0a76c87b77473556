import type { FoldedPost } from '../domain/post.ts';
import { tierOfRegion } from '../domain/region.ts';
import type { Case } from '../domain/same-case.ts';
import { TIER_NAMES, tierRank } from '../domain/tier.ts';
import type { RegionNames } from '../ports/region-names.ts';
import type { BurstMeter } from './burst-meter.ts';
import type { Concern } from './concern.ts';
import type { DocumentFrequency } from './document-frequency.ts';
import { rungOf } from './grade-incident.ts';
import type { Rung, SpreadRules } from './grade-spread.ts';
import type { IncidentBook } from './incident-book.ts';
import { heatAt, incidentIdOf, isNamedAfter, type Seen } from './incident-of.ts';
import type { Ledger } from './ledger.ts';
import { mostNamed, topWords, type Cluster } from './one-cluster.ts';
import { openBecause, type OpenRules } from './open-rules.ts';
import { partsApart } from './parts-apart.ts';
import type { Opened, Tally } from './tally.ts';
import { spotAt } from './terms.ts';
import { titleOf } from './title.ts';
import { vectorOf } from './vector.ts';

export interface RaiseParts {
  readonly names: RegionNames;
  readonly open: OpenRules;
  readonly spread: SpreadRules;
  readonly book: IncidentBook;
  readonly meter: BurstMeter;
  readonly frequency: DocumentFrequency;
}

/** The post that has just come, and what it is judged by. */
export interface Arrival {
  readonly post: FoldedPost;
  readonly concern: Concern;
  readonly plea: Case | undefined;
  /** Event time of the newest post so far, epoch ms. */
  readonly now: number;
}

/** Number of posts at which an incident is asked whether it is two; with more it is not taken apart any more. */
const ASKED_AT = [8, 12, 16, 24, 32, 48];

/** Number of posts at which what else tells of the same road is looked for. */
const GATHERED_AT = [4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96];

/** What turns a cluster into an incident, lets it climb, and takes it apart. Says everything to the ledger. */
export class Raise {
  readonly #parts: RaiseParts;

  constructor(parts: RaiseParts) {
    this.#parts = parts;
  }

  /** Opens an incident where the rules say so, or joins the one it is a part of; answers the tally the post now counts for. */
  maybeOpen(tally: Tally, cluster: Cluster, arrival: Arrival, out: Ledger): Tally {
    const { book, meter, frequency } = this.#parts;
    const { post, concern, plea, now } = arrival;
    const { region } = cluster;
    const burst = tally.count < this.#parts.open.posts ? 0 : meter.of(cluster, post.time);
    const rarity = meter.rarity(region);
    const words = topWords(cluster, 4);
    const [spot, onSpot] = mostNamed(cluster, (each) => frequency.isTelling(spotAt(each, region)));
    const ofSpot = this.#mentions(spot, tally);
    const why = openBecause({ tally, post, concern, burst, words, onSpot, ofSpot, region, rarity }, this.#parts.open);
    if (why === null) return tally;
    const whole = book.openedNear(cluster, plea);
    if (whole !== undefined) {
      this.pour(whole.cluster, cluster, now, out);
      this.maybeStep(whole, arrival, out);
      return whole.tally;
    }
    // The newest of its posts: one that comes late may be what was missing.
    this.#open({ tally, cluster, at: tally.lastAt, now, why }, out);
    const seen = book.seen(tally);
    if (seen !== undefined) this.#gather(seen, now, out);
    return tally;
  }

  /** Lets an incident climb where its evidence shows a wider rung, and splits it where it has come to hold two events. */
  maybeStep(seen: Seen, arrival: Arrival, out: Ledger): void {
    const { tally, opened, cluster } = seen;
    const { post, now } = arrival;
    if (ASKED_AT.includes(tally.count)) this.#maybeSplit(seen, now, out);
    if (GATHERED_AT.includes(tally.count)) this.#gather(seen, now, out);
    // The title settles as posts come: at each of the first dozen, then whenever their number doubles.
    if (tally.count <= 12 || (tally.count & (tally.count - 1)) === 0)
      opened.title = titleOf(tally.texts, topWords(cluster, 10));
    const rung = this.#rungOf(tally, cluster, post.time);
    if (tierRank(rung.rung) <= tierRank(opened.rung)) return;
    const { because, evidence } = rung;
    const at = Math.max(post.time, opened.steps.at(-1)?.at ?? 0);
    opened.steps.push({ from: opened.rung, to: rung.rung, at, because, evidence });
    opened.rung = rung.rung;
    opened.heat = heatAt(tally, now);
    out.say(seen, 'step', at, [`扩散升到${TIER_NAMES[rung.rung]}级`, ...because], evidence);
  }

  #open(
    found: { tally: Tally; cluster: Cluster; at: number; now: number; why: readonly string[]; from?: Opened['id'] },
    out: Ledger,
  ): void {
    const { tally, cluster, at, now, why, from } = found;
    const rung = this.#rungOf(tally, cluster, tally.lastAt);
    const because = [...why, ...rung.because];
    const posts = tally.members.ids;
    tally.opened = {
      id: incidentIdOf(tally, cluster.region),
      ...(from === undefined ? {} : { from }),
      openedAt: at,
      rung: rung.rung,
      title: titleOf(tally.texts, topWords(cluster, 10)),
      steps: [{ from: null, to: rung.rung, at, because, evidence: posts.slice(-50) }],
      heat: heatAt(tally, now),
      cooledAt: null,
    };
    this.#parts.book.keep(tally);
    out.hand(tally, tally.opened.id);
    out.say({ tally, opened: tally.opened, cluster }, 'opened', at, because, posts, from === undefined ? {} : { from });
  }

  #gather(seen: Seen, now: number, out: Ledger): void {
    for (const other of this.#parts.book.sameSpot(seen)) {
      const tally = this.#parts.book.tallyOf(other);
      // The older incident goes on; it gathers when its own time comes.
      if (tally === undefined || (tally.opened !== null && tally.opened.openedAt < seen.opened.openedAt)) continue;
      this.pour(seen.cluster, other, now, out);
    }
  }

  /** Makes one of two clusters that tell of one thing; where both are incidents the one that goes says so. */
  pour(into: Cluster, from: Cluster, now: number, out: Ledger): void {
    const { book } = this.#parts;
    const [intoTally, fromTally] = [book.tallyOf(into), book.tallyOf(from)];
    if (intoTally === undefined || fromTally === undefined) return;
    const gone = book.seen(fromTally);
    if (intoTally.opened !== null) {
      const { id, title } = intoTally.opened;
      if (gone !== undefined) {
        out.say(gone, 'merged', now, [`与“${title}”用词和地点一致，并为一件`], fromTally.members.ids, { into: id });
        out.end(gone, id);
      }
      out.hand(fromTally, id);
    }
    book.absorb(into, from);
  }

  /** Where an incident holds two events, the younger one's posts leave it and open as their own; both say so. */
  #maybeSplit(seen: Seen, now: number, out: Ledger): void {
    const { tally, opened, cluster } = seen;
    const leaves = tally.parts === null ? null : partsApart(tally.parts);
    // Late posts may have come before the one that the incident was named after: that one stays.
    if (leaves === null || leaves.some(({ post }) => isNamedAfter(opened.id, post.id))) return;
    const { book, frequency } = this.#parts;
    const younger = book.split(cluster, leaves, (terms) => vectorOf(terms, frequency));
    const own = younger === undefined ? undefined : book.tallyOf(younger);
    if (younger === undefined || own === undefined) return;
    const title = titleOf(own.texts, topWords(younger, 10));
    opened.title = titleOf(tally.texts, topWords(cluster, 10));
    const posts = own.members.ids;
    const at = Math.max(tally.lastAt, own.lastAt);
    out.say(seen, 'split', at, [`其中 ${own.count} 帖说的是另一处、另一件：“${title}”，分出另立`], posts);
    const why = [`从“${opened.title}”分出：地点不同，用词也不同`, `${own.voices} 人各自发帖（去重 ${own.count} 帖）`];
    this.#open({ tally: own, cluster: younger, at, now, why, from: opened.id }, out);
    out.change({ tally: own, opened: own.opened!, cluster: younger });
    out.change(seen);
  }

  /** Posts of the stream that name a road or an estate, in the cities that this cluster speaks of. */
  #mentions(spot: number, tally: Tally): number {
    const { frequency } = this.#parts;
    let sum = 0;
    for (const code of tally.places.keys())
      if (tierOfRegion(code) === 'city') sum += frequency.mentions(spotAt(spot, code));
    return sum > 0 ? sum : frequency.mentions(spot);
  }

  #rungOf(tally: Tally, cluster: Cluster, time: number): Rung {
    const volume = this.#parts.meter.volume(tally, cluster.region, time);
    return rungOf(tally, cluster.region, volume, this.#parts.names, this.#parts.spread);
  }
}
