import type { FoldedPost } from '../domain/post.ts';
import { caseOf } from '../domain/same-case.ts';
import type { ForecastModel } from '../ports/forecast-model.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { BurstMeter, type BurstState } from './burst-meter.ts';
import type { Cluster } from './one-cluster.ts';
import { concernOf } from './concern.ts';
import { sureRegion } from './count-places.ts';
import { DocumentFrequency, type DocumentFrequencyState } from './document-frequency.ts';
import { SPREAD_RULES, type SpreadRules } from './grade-spread.ts';
import { IncidentBook, type BookState } from './incident-book.ts';
import { heatAt, type Seen } from './incident-of.ts';
import { KnownAuthors, type KnownAuthorsState } from './known-authors.ts';
import { similarity } from './likeness.ts';
import { Ledger, type Watch } from './ledger.ts';
import { isPlea, OPEN_RULES, type OpenRules } from './open-rules.ts';
import { heaviestWords } from './part.ts';
import { Raise } from './raise.ts';
import type { Tally } from './tally.ts';
import { termsOf } from './terms.ts';
import { vectorOf } from './vector.ts';

export interface DetectorOptions {
  readonly names: RegionNames;
  readonly open?: OpenRules;
  readonly spread?: SpreadRules;
  /** Weights of the next rung's forecast; without them none is made. */
  readonly forecast?: ForecastModel;
  /** An incident nobody added to for this long has cooled, ms; 36 hours. */
  readonly coolMs?: number;
  /** Least cosine at which a post joins a cluster, 0…1; 0.3. */
  readonly join?: number;
  /** Clusters held, a tenth more at most; one in twenty of them may be an incident. 20,000. */
  readonly capacity?: number;
  /** Half-life of what counts as lately, ms; two hours. */
  readonly latelyMs?: number;
}

const HOUR = 3_600_000;
const SWEEP = HOUR / 6;
/** Posts may come so much later than others of their time. */
const LATE = 48 * HOUR;
const SEEDS_FROM = 0.3;
/** Share of the joining cosine asked of a short text. */
const TITLE_JOIN = 0.73;
const STATE_VERSION = 12;

/**
 * Finds incidents in a stream of understood posts, in event time, with bounded memory and no clock: the same posts in the same
 * order give the same events at any speed. Posts are clustered in one pass; a cluster becomes an incident by open-rules.ts,
 * climbs by grade-spread.ts, and cools when nobody adds to it.
 */
export class Detector {
  readonly #names: RegionNames;
  readonly #open: OpenRules;
  readonly #coolMs: number;
  readonly #join: number;
  readonly #frequency = new DocumentFrequency();
  readonly #meter: BurstMeter;
  readonly #book: IncidentBook;
  readonly #raise: Raise;
  readonly #forecast: ForecastModel | undefined;
  readonly #authors = new KnownAuthors();
  #watermark = 0;
  #sweptAt = 0;
  #out: Ledger;

  constructor(options: DetectorOptions) {
    this.#names = options.names;
    this.#out = new Ledger(options.names);
    this.#open = options.open ?? OPEN_RULES;
    this.#forecast = options.forecast;
    this.#coolMs = options.coolMs ?? 36 * HOUR;
    this.#join = options.join ?? 0.3;
    this.#meter = new BurstMeter(this.#frequency, options.latelyMs ?? 2 * HOUR);
    const capacity = options.capacity ?? 20_000;
    this.#book = new IncidentBook({
      threshold: this.#join,
      windowMs: this.#coolMs,
      lateMs: LATE,
      capacity,
      open: this.#open,
    });
    this.#raise = new Raise({
      names: options.names,
      open: this.#open,
      spread: options.spread ?? SPREAD_RULES,
      book: this.#book,
      meter: this.#meter,
      frequency: this.#frequency,
    });
  }

  watch(posts: readonly FoldedPost[]): Watch {
    this.#out = new Ledger(this.#names);
    for (const post of posts) {
      if (post.time > this.#watermark) this.#watermark = post.time;
      if (this.#watermark - this.#sweptAt >= SWEEP || this.#book.isOverfull) this.#sweep();
      const isNewcomer = this.#authors.isNew(post.author?.key ?? post.id);
      // A copy counts for its folding only: never towards opening, rung or heat.
      const tally = post.group === post.id ? this.#place(post, isNewcomer) : this.#book.enterCopy(post, isNewcomer);
      const seen = tally === undefined ? undefined : this.#book.seen(tally);
      if (seen === undefined) continue;
      this.#out.prove(seen.opened.id, post.id, post.time);
      // A post that came late may show that an incident had not gone quiet.
      if (this.#watermark - seen.tally.lastAt <= this.#coolMs) seen.opened.cooledAt = null;
      seen.opened.heat = heatAt(seen.tally, seen.opened.cooledAt ?? this.#watermark);
      this.#out.change(seen);
    }
    return this.#out.close({
      usualNewcomers: this.#authors.usualShare,
      now: this.#watermark,
      forecast: this.#forecast,
    });
  }

  #place(post: FoldedPost, isNewcomer: boolean): Tally | undefined {
    const terms = termsOf(post);
    this.#frequency.add(terms);
    const concern = concernOf(post);
    this.#meter.add(post, terms, concern);
    const vector = vectorOf(terms, this.#frequency);
    const region = sureRegion(post);
    const { clusters } = this.#book;
    const bonus = this.#meter.samePlace(region, vector.spots, concern, (cluster) => this.#book.concernIn(cluster));
    const atRisk = caseOf(post);
    const plea = isPlea(post, this.#open) ? atRisk : undefined;
    // A title has few words and is compared by pairs of signs as well, which agree less often.
    const least = terms.grams.length > 0 ? this.#join * TITLE_JOIN : this.#join;
    let cluster = atRisk === undefined ? undefined : this.#book.ofCase(atRisk, post.time);
    if (cluster !== undefined) clusters.add(cluster, vector, terms, post.time);
    else {
      const [first, second] = clusters
        .nearest(vector, region, post.time, bonus)
        .filter((found) => plea === undefined || this.#book.takes(found.cluster, plea));
      if (first !== undefined && first.score >= least) {
        cluster = first.cluster;
        clusters.add(cluster, vector, terms, post.time);
        if (second !== undefined && second.score >= least) cluster = this.#maybeMerge(cluster, second.cluster);
      } else if (region !== null || concern.score >= SEEDS_FROM)
        cluster = clusters.found(vector, terms, region, post.time);
      else return undefined;
    }
    if (plea !== undefined) this.#book.notePlea(cluster, plea);
    const { spots, spotsHere } = terms;
    const words = heaviestWords(terms, vector);
    const part = { post, concern, isNewcomer, words, spots, spotsHere, copies: 0 };
    const tally = this.#book.enter(cluster, part, plea !== undefined);
    if (tally === undefined) return undefined;
    const seen = this.#book.seen(tally);
    const arrival = { post, concern, plea, now: this.#watermark };
    if (seen === undefined) return this.#raise.maybeOpen(tally, cluster, arrival, this.#out);
    this.#raise.maybeStep(seen, arrival, this.#out);
    // It may have been split: the post is where it went.
    return this.#book.tallyOfPost(post.id) ?? tally;
  }

  /** Two clusters that one post fits equally become one where they agree as wholes; the older incident lives on. */
  #maybeMerge(a: Cluster, b: Cluster): Cluster {
    if (similarity(a, b) < Math.max(0.5, this.#join + 0.15) || !this.#book.agree(a, b)) return a;
    const ta = this.#book.tallyOf(a);
    const tb = this.#book.tallyOf(b);
    if (ta === undefined || tb === undefined) return a;
    const aFirst = ta.opened !== null && (tb.opened === null || ta.opened.openedAt <= tb.opened.openedAt);
    const keepA = ta.opened === null && tb.opened === null ? ta.count >= tb.count : aFirst;
    const [into, from, intoTally, fromTally] = keepA ? [a, b, ta, tb] : [b, a, tb, ta];
    const gone = this.#book.seen(fromTally);
    if (intoTally.opened !== null) {
      const { id, title } = intoTally.opened;
      if (gone !== undefined) {
        const because = [`与“${title}”用词和地点一致，并为一件`];
        this.#out.say(gone, 'merged', this.#watermark, because, fromTally.members.ids, { into: id });
        this.#out.end(gone, id);
      }
      this.#out.hand(fromTally, id);
    }
    this.#book.absorb(into, from);
    return into;
  }

  #sweep(): void {
    const hourBefore = Math.floor(this.#sweptAt / HOUR);
    this.#sweptAt = this.#watermark;
    for (const seen of this.#book.opened()) {
      if (seen.opened.cooledAt !== null || this.#watermark - seen.tally.lastAt <= this.#coolMs) continue;
      this.#cool(seen, seen.tally.lastAt + this.#coolMs, `${Math.round(this.#coolMs / HOUR)} 小时没有新的帖文`);
    }
    for (const seen of this.#book.tooMany()) {
      if (seen.opened.cooledAt === null) this.#cool(seen, this.#watermark, '同时跟进的事件太多，最久没有新帖的先结束');
      this.#book.letGo(seen.cluster);
    }
    // Nothing joins a cluster out of its window; closing it only frees its memory, and need not be done often.
    if (Math.floor(this.#watermark / HOUR) !== hourBefore || this.#book.isFull) this.#book.sweep(this.#watermark);
  }

  #cool(seen: Seen, at: number, because: string): void {
    seen.opened.cooledAt = at;
    seen.opened.heat = heatAt(seen.tally, at);
    this.#out.say(seen, 'cooled', at, [because], []);
    this.#out.change(seen);
  }

  /** Everything the next post's judgement depends on, as plain data (Maps, Sets, typed arrays). */
  save(): DetectorState {
    return {
      version: STATE_VERSION,
      frequency: this.#frequency.save(),
      meter: this.#meter.save(),
      book: this.#book.save(),
      authors: this.#authors.save(),
      watermark: this.#watermark,
      sweptAt: this.#sweptAt,
    };
  }

  /** False where the state is of another version: the caller goes on with fresh counts. */
  load(state: DetectorState): boolean {
    if (state.version !== STATE_VERSION) return false;
    this.#frequency.load(state.frequency);
    this.#meter.load(state.meter);
    this.#book.load(state.book);
    this.#authors.load(state.authors);
    this.#watermark = state.watermark;
    this.#sweptAt = state.sweptAt;
    return true;
  }
}

export interface DetectorState {
  readonly version: number;
  readonly frequency: DocumentFrequencyState;
  readonly meter: BurstState;
  readonly book: BookState;
  readonly authors: KnownAuthorsState;
  readonly watermark: number;
  readonly sweptAt: number;
}
