import type { PostRow } from '../../../server/contract/http.ts';
import type { ReviewBody } from '../../../server/contract/review.ts';
import type { Duty } from '../../../pipelines/domain/duty.ts';
import { isDuty } from '../../../pipelines/domain/duty.ts';
import { MOODS, NEEDS } from '../../../pipelines/domain/post.ts';
import { RUMOR_FINDINGS, needsSource, type RumorFinding } from '../../../pipelines/domain/review.ts';
import { api, ReadFailed } from '../live/api.ts';
import { zh } from '../ui/zh.ts';

/** What a select says for a judgement nobody looked at, and for "none". */
export const UNSEEN = '';
export const NONE = 'none';
export const OTHER_PLACE = 'other';

const memberOf = <T extends string>(words: readonly T[], value: string): T | undefined =>
  words.find((word) => word === value);

/** The form of one post: what the person chose so far, and what became of sending it. */
export class ReviewDraft {
  place = $state<string>(UNSEEN);
  otherPlace = $state('');
  mood = $state<string>(UNSEEN);
  need = $state<string>(UNSEEN);
  lifeAtRisk = $state<string>(UNSEEN);
  finding = $state<string>(UNSEEN);
  source = $state('');
  url = $state('');
  dutySeen = $state(false);
  duties = $state.raw<readonly Duty[]>([]);
  comment = $state('');
  sending = $state(false);
  /** Why it was not kept, in words for people; null while there is nothing to say. */
  failed = $state<string | null>(null);

  readonly #post: () => PostRow;
  readonly #kept: () => Promise<void>;

  /** @param kept called once the server has kept it: reads the file again */
  constructor(post: () => PostRow, kept: () => Promise<void>) {
    this.#post = post;
    this.#kept = kept;
    this.duties = post().duty.filter(isDuty);
  }

  get sourceNeeded(): boolean {
    const finding = memberOf(RUMOR_FINDINGS, this.finding);
    return finding !== undefined && needsSource(finding);
  }

  toggle(duty: Duty): void {
    this.dutySeen = true;
    this.duties = this.duties.includes(duty) ? this.duties.filter((one) => one !== duty) : [...this.duties, duty];
  }

  /** Answers whether it was kept. */
  async send(): Promise<boolean> {
    const body = this.#body();
    if (typeof body === 'string') {
      this.failed = body;
      return false;
    }
    return this.#keep(body);
  }

  /** A suggested match, decided by a person. */
  decide(id: string, finding: 'confirmed' | 'rejected'): Promise<boolean> {
    return this.#keep({ refutations: [{ id, finding }] });
  }

  async #keep(body: ReviewBody): Promise<boolean> {
    const post = this.#post();
    this.sending = true;
    this.failed = null;
    try {
      await api.review(post.id, { ...body, seen: post.review?.last ?? 0 });
      await this.#kept();
      return true;
    } catch (cause) {
      const conflict = cause instanceof ReadFailed && cause.status === 409;
      // What the other person said is shown at once; sending again then rests on it.
      if (conflict) await this.#kept();
      this.failed = conflict ? zh.review.meanwhile : zh.review.notKept(cause instanceof Error ? cause.message : '');
      return false;
    } finally {
      this.sending = false;
    }
  }

  /** What was chosen, or what is missing in words for people. */
  #body(): ReviewBody | string {
    const place = this.place === OTHER_PLACE ? this.otherPlace.trim() : this.place;
    if (this.place === OTHER_PLACE && !/^(?:\d{6}|\d{9}|\d{12})$/u.test(place)) return zh.review.codeWrong;
    const finding: RumorFinding | undefined = memberOf(RUMOR_FINDINGS, this.finding);
    const source = this.source.trim();
    const url = this.url.trim();
    if (this.sourceNeeded && source.length < 2) return zh.review.sourceMissing;
    if (url !== '' && !/^https?:\/\/\S+$/u.test(url)) return zh.review.urlWrong;
    const mood = memberOf(MOODS, this.mood);
    const need = memberOf(NEEDS, this.need);
    const comment = this.comment.trim();
    const body: ReviewBody = {
      ...(place === UNSEEN ? {} : { place: place === NONE ? null : place }),
      ...(mood === undefined ? {} : { mood }),
      ...(this.need === NONE ? { need: null } : need === undefined ? {} : { need }),
      ...(this.lifeAtRisk === UNSEEN ? {} : { lifeAtRisk: this.lifeAtRisk === 'yes' }),
      ...(finding === undefined
        ? {}
        : { rumor: { finding, ...(source === '' ? {} : { source }), ...(url === '' ? {} : { url }) } }),
      ...(this.dutySeen ? { duty: [...this.duties] } : {}),
    };
    if (Object.keys(body).length === 0) return zh.review.nothingChosen;
    return comment === '' ? body : { ...body, comment };
  }
}
