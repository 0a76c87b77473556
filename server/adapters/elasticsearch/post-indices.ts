import type { Client } from '@elastic/elasticsearch';
import { latestMapping, mappingHash, mappingName } from '../../../mappings/registry.ts';
import { StampMismatch, stampSentence } from '../../../pipelines/ports/post-store.ts';
import { statusOf } from './faults.ts';

const EARLIEST = Date.UTC(2009, 0, 1);
const DAY_MS = 86_400_000;
/** Ids whose index is remembered: more than are written between two refreshes of the index, one second apart. */
const REMEMBERED = 50_000;
const IDS_A_QUESTION = 1000;

/** What decides where a post goes. */
export interface Placed {
  readonly id: string;
  readonly time: number;
  readonly seenAt: number;
}

/**
 * The indices of posts: one a month of event time (UTC), one for event times before 2009 or more than a day after the post was
 * seen, all behind one alias for reading.
 *
 * The month only says where a post goes first. Sources correct event times, and another version must find the document it
 * replaces, so a post stays in the index that holds it already. That holds for one writing process, which is what a deployment has.
 */
export class PostIndices {
  readonly alias: string;
  readonly #client: Client;
  readonly #replicas: number;
  readonly #base: string;
  readonly #known = new Set<string>();
  readonly #recent = new Map<string, string>();

  constructor(client: Client, prefix: string, replicas: number) {
    this.#client = client;
    this.#replicas = replicas;
    this.alias = `${prefix}-posts`;
    this.#base = `${prefix}-${mappingName(latestMapping('posts'))}`;
  }

  get pattern(): string {
    return `${this.#base}-*`;
  }

  /** Checks what is there, and installs the template where it is not as it should be. @throws StampMismatch */
  async install(stamp: string): Promise<void> {
    const { settings, mappings, ...version } = latestMapping('posts');
    const hash = mappingHash({ settings, mappings, ...version });
    await this.#checkExisting(stamp, hash);
    const about = { family: version.family, version: version.version, hash, stamp, replicas: this.#replicas };
    const present = await this.#client.indices.getIndexTemplate({ name: this.#base }, { ignore: [404] });
    const meta: unknown = present.index_templates?.[0]?.index_template._meta;
    if (JSON.stringify(sortedEntries(meta)) !== JSON.stringify(sortedEntries(about))) {
      await this.#client.indices.putIndexTemplate({
        name: this.#base,
        index_patterns: [this.pattern],
        priority: 300,
        _meta: about,
        template: {
          aliases: { [this.alias]: {} },
          settings: {
            ...settings,
            number_of_shards: 1,
            number_of_replicas: this.#replicas,
            // Said outright, or an index nobody searches for thirty seconds would stop refreshing.
            refresh_interval: '1s',
          },
          mappings: { ...mappings, _meta: { hash, stamp } },
        },
      });
    }
    // From here on #recent knows what a search may not see yet.
    await this.#client.indices.refresh({ index: this.pattern, ignore_unavailable: true, allow_no_indices: true });
  }

  /** Stamps every index there is, whatever it was made with. */
  async restamp(stamp: string): Promise<void> {
    const live = await this.#client.indices.getMapping({ index: this.pattern, allow_no_indices: true });
    for (const [index, { mappings }] of Object.entries(live))
      await this.#client.indices.putMapping({ index, _meta: { ...mappings._meta, stamp } });
    await this.install(stamp);
  }

  async #checkExisting(stamp: string, hash: string): Promise<void> {
    const live = await this.#client.indices.getMapping({ index: this.pattern, allow_no_indices: true });
    this.#known.clear();
    for (const [index, { mappings }] of Object.entries(live)) {
      const meta: Readonly<Record<string, unknown>> = mappings._meta ?? {};
      const found = typeof meta['stamp'] === 'string' ? meta['stamp'] : 'none';
      if (found !== stamp) {
        throw new StampMismatch(stampSentence(`index ${index}`, found, stamp));
      }
      if (meta['hash'] !== hash) throw new Error(`index ${index} has another mapping than ${this.#base}: reindex it`);
      this.#known.add(index);
    }
  }

  /** The index of every post, by id; all of them exist when this resolves. */
  async place(posts: readonly Placed[]): Promise<ReadonlyMap<string, string>> {
    const places = new Map<string, string>();
    const unsure: string[] = [];
    for (const post of posts) {
      const home = this.#recent.get(post.id);
      // One id twice in a batch stays together as well.
      places.set(post.id, home ?? places.get(post.id) ?? this.#monthOf(post));
      if (home === undefined) unsure.push(post.id);
    }
    const [only, another] = [...new Set([...this.#known, ...places.values()])];
    if (only !== undefined && another !== undefined && this.#known.size > 0) {
      for (const [id, index] of await this.#whereStored(unsure)) places.set(id, index);
    }
    for (const index of new Set(places.values())) if (!this.#known.has(index)) await this.create(index);
    for (const [id, index] of places) this.#remember(id, index);
    return places;
  }

  /** Makes an index from the template; fine where it is there already. */
  async create(index: string): Promise<void> {
    try {
      await this.#client.indices.create({ index });
    } catch (error) {
      if (statusOf(error) !== 400 || !String(error).includes('resource_already_exists_exception')) throw error;
    }
    this.#known.add(index);
  }

  #monthOf({ time, seenAt }: Placed): string {
    if (time < EARLIEST || time > seenAt + DAY_MS) return `${this.#base}-other`;
    return `${this.#base}-${new Date(time).toISOString().slice(0, 7).replace('-', '.')}`;
  }

  async #whereStored(ids: readonly string[]): Promise<readonly (readonly [string, string])[]> {
    const found: [string, string][] = [];
    for (let start = 0; start < ids.length; start += IDS_A_QUESTION) {
      const values = ids.slice(start, start + IDS_A_QUESTION);
      const answer = await this.#client.search({
        index: this.pattern,
        allow_no_indices: true,
        allow_partial_search_results: false,
        query: { ids: { values } },
        size: values.length,
        _source: false,
        sort: ['_doc'],
        track_total_hits: false,
      });
      for (const { _id, _index } of answer.hits.hits) if (_id !== undefined) found.push([_id, _index]);
    }
    return found;
  }

  #remember(id: string, index: string): void {
    this.#recent.delete(id);
    this.#recent.set(id, index);
    if (this.#recent.size <= REMEMBERED) return;
    const oldest = this.#recent.keys().next();
    if (oldest.done !== true) this.#recent.delete(oldest.value);
  }
}

const sortedEntries = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
