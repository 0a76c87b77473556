import type { IncidentFile, PostRow } from '../../../server/contract/http.ts';
import { api, ReadFailed } from '../live/api.ts';
import type { LiveFeed } from '../live/live-feed.svelte.ts';

/** Which posts are listed: all, one kind, or the evidence of one step. */
export type PostFilter = 'all' | 'negative' | 'claim' | 'need' | { readonly step: number };

const AGAIN_AFTER = 1_500;

/** One incident, opened: its file over HTTP, read again when the feed says it has changed. */
export class OpenedIncident {
  file = $state.raw<IncidentFile | null>(null);
  failed = $state.raw<ReadFailed | null>(null);
  filter = $state.raw<PostFilter>('all');

  readonly id: string;
  readonly #feed: LiveFeed;
  /** The row of the feed is newer than the file's between two readings. */
  readonly incident = $derived.by(() => this.#feed.incidents.get(this.id) ?? this.file?.incident);
  readonly missing = $derived.by(() => this.failed?.status === 404);
  readonly posts = $derived.by((): readonly PostRow[] => {
    const posts = this.file?.posts ?? [];
    const filter = this.filter;
    if (filter === 'all') return posts;
    if (filter === 'negative') return posts.filter((post) => post.sentiment === 'negative');
    if (filter === 'claim') return posts.filter((post) => post.needsCheck);
    if (filter === 'need') return posts.filter((post) => post.need !== null);
    const evidence = new Set(this.incident?.steps[filter.step]?.evidence ?? []);
    return posts.filter((post) => evidence.has(post.id));
  });

  constructor(id: string, feed: LiveFeed) {
    this.id = id;
    this.#feed = feed;
  }

  /** Reads now, and again a moment after each change, until the answer is called. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known: unknown = this.#feed.incidents.get(this.id);
    void this.read();
    const stop = $effect.root(() => {
      $effect(() => {
        const row = this.#feed.incidents.get(this.id);
        if (row === known) return;
        known = row;
        timer ??= setTimeout(() => {
          timer = undefined;
          void this.read();
        }, AGAIN_AFTER);
      });
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }

  async read(): Promise<void> {
    try {
      this.file = await api.incident(this.id);
      this.failed = null;
    } catch (cause) {
      this.failed = cause instanceof ReadFailed ? cause : new ReadFailed(0, String(cause), { cause });
    }
  }
}
