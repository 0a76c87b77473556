import type { RegionCode } from '../domain/region.ts';
import type { Way } from '../domain/way.ts';

export type { Way } from '../domain/way.ts';

/** A source as a person described it, or as it was first met. */
export interface SourceAbout {
  readonly name: string;
  readonly way: Way;
  /** Path of the folder, address of the feed. */
  readonly place?: string;
  /** As in `import --format`; auto where absent. */
  readonly format?: string;
  /** How often it should bring something, ms; where absent its own habit is measured. */
  readonly cadenceMs?: number;
  /** How often a feed is asked for, ms; of feeds only, and always there. */
  readonly everyMs?: number;
  /** What it covers; absent: anywhere. */
  readonly region?: RegionCode;
  /** What it leaves out, in words: "每个关键词最多 50 页". */
  readonly caps: readonly string[];
  readonly createdAt: number;
  readonly paused: boolean;
}

type Changed = 'way' | 'place' | 'format' | 'cadenceMs' | 'everyMs' | 'region' | 'caps' | 'paused';
/** What is said anew; null takes away what need not be there. */
export type SourceChange = {
  readonly [Key in Changed]?: SourceAbout[Key] | (undefined extends SourceAbout[Key] ? null : never);
};

/** One batch of one source. */
export interface Arrival {
  readonly at: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Event time of its newest post. */
  readonly newest?: number;
  /** How often each kind of repair was made. */
  readonly repairs: ReadonlyMap<string, number>;
}

/** A run of arrivals with less than a minute between them. */
export interface Visit {
  readonly began: number;
  readonly ended: number;
}

export interface SourceBeat {
  readonly firstAt: number;
  readonly lastAt: number;
  /** Rows of any outcome in the last hour, and of those refused. */
  readonly rowsLastHour: number;
  readonly rejectedLastHour: number;
  /** Between a post's own time and its arrival, of the newest post of the last batch; null before any. */
  readonly lagMs: number | null;
  readonly repairs: readonly { readonly kind: string; readonly count: number }[];
  /** The last 32, oldest first. */
  readonly visits: readonly Visit[];
}

export interface Silence {
  readonly id: number;
  readonly source: string;
  /** The last arrival before it. */
  readonly since: number;
  readonly noticedAt: number;
  /** What was usual for the source then, ms. */
  readonly usualMs: number;
  /** null while it lasts. */
  readonly endedAt: number | null;
}

/** A source fell silent, or came back (or is no longer waited for: paused, removed). Numbered in order, kept as they were. */
export interface SilenceEvent {
  readonly seq: number;
  readonly event: 'silent' | 'ended';
  /** When it was noticed, or ended. */
  readonly at: number;
  /** The silence it is of. */
  readonly silence: number;
  readonly source: string;
  readonly since: number;
  readonly usualMs: number;
}

/** The sources of a deployment, how each has been doing, and when each fell silent. */
export interface SourceBook {
  /** False where the name is taken. */
  add(about: SourceAbout): boolean;
  /** False where there is no such source. */
  change(name: string, change: SourceChange): boolean;
  /** Forgets a source and its beat; what it brought stays. */
  remove(name: string): boolean;
  list(): readonly SourceAbout[];
  /** Notes a batch. A name that nobody described becomes a source of this way. Ends its silence, where one lasts. */
  arrived(name: string, way: Way, arrival: Arrival): void;
  beat(name: string, now: number): SourceBeat | undefined;
  /** Once per silence: answers false where one is already noted. */
  fallSilent(silence: Omit<Silence, 'id' | 'endedAt'>): boolean;
  /** Newest first. */
  silences(limit: number): readonly Silence[];
  /** Nobody waits for it any more: ends its silence, where one lasts. */
  endSilence(name: string, at: number): void;
  /** What is newer than this number, oldest first; the last 2,000 are kept. */
  silenceEvents(after: number, limit: number): readonly SilenceEvent[];
}
