import type { ClaimFile, DraftBody, SentenceBody, SourceBody } from '../../../server/contract/refutation.ts';
import { answeringApi } from './api.ts';

/** A source while it is written; `at` as the field has it: 2026-11-20T21:10, Shanghai. */
export interface WrittenSource {
  readonly id: string;
  name: string;
  says: string;
  at: string;
  url: string;
  tells: string;
}

const SHANGHAI = 8 * 3_600_000;
const asField = (at: number): string => new Date(at + SHANGHAI).toISOString().slice(0, 16);

/** The draft that a person is writing: sources, sentences and what each rests on. Lives as long as its claim is open. */
export class DraftForm {
  finding = $state<DraftBody['finding']>('unknown');
  sources = $state<WrittenSource[]>([]);
  sentences = $state<SentenceBody[]>([]);
  composing = $state(false);
  failed = $state('');
  /** The sentence that a chosen post is cited for. */
  current = $state(0);

  readonly #incident: string;
  #lastSource = 0;

  constructor(incident: string) {
    this.#incident = incident;
  }

  addSource(now: number): void {
    this.#lastSource += 1;
    this.sources.push({ id: `s${this.#lastSource}`, name: '', says: '', at: asField(now), url: '', tells: '' });
  }

  dropSource(id: string): void {
    this.sources = this.sources.filter((source) => source.id !== id);
    for (const sentence of this.sentences) sentence.sources = sentence.sources.filter((each) => each !== id);
    if (this.sources.length === 0) this.finding = 'unknown';
  }

  addSentence(): void {
    this.sentences.push({ text: '', posts: [], sources: [] });
    this.current = this.sentences.length - 1;
  }

  dropSentence(at: number): void {
    this.sentences.splice(at, 1);
    this.current = Math.max(0, Math.min(this.current, this.sentences.length - 1));
  }

  cite(post: string): void {
    const sentence = this.sentences[this.current];
    if (sentence !== undefined && !sentence.posts.includes(post)) sentence.posts.push(post);
  }

  citesSource(at: number, id: string, cites: boolean): void {
    const sentence = this.sentences[at];
    if (sentence === undefined) return;
    sentence.sources = cites ? [...sentence.sources, id] : sentence.sources.filter((each) => each !== id);
  }

  async compose(): Promise<void> {
    this.composing = true;
    this.failed = '';
    try {
      const sources = this.#sources();
      const draft = await answeringApi.compose(this.#incident, { finding: this.finding, sources });
      this.finding = draft.finding;
      this.sentences = draft.sentences;
      this.current = 0;
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.composing = false;
    }
  }

  /** As it is sent. */
  draft(file: ClaimFile): DraftBody {
    return {
      ...{ claim: (file.claim?.text ?? file.title).slice(0, 200), finding: this.finding, sources: this.#sources() },
      sentences: this.sentences.map(({ text, posts, sources }) => ({ text, posts: [...posts], sources: [...sources] })),
    };
  }

  clear(): void {
    [this.sources, this.sentences, this.finding] = [[], [], 'unknown'];
  }

  #sources(): SourceBody[] {
    return this.sources.map(({ id, name, says, at, url, tells }) => ({
      ...{ id, name, says, at: new Date(`${at}:00+08:00`).toISOString() },
      ...(url === '' ? {} : { url }),
      ...(tells === '' ? {} : { tells }),
    }));
  }
}
