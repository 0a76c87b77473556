import type {
  AlertRow,
  Health,
  IncidentFile,
  IncidentRow,
  IngestAnswer,
  PostRow,
  Pulse,
  SourceRow,
} from './contract/http.ts';
import type { ReviewBody, ReviewList, ReviewRow } from './contract/review.ts';
import type {
  AccessShown,
  ContactAnswer,
  ContactAsk,
  CountsRow,
  DropAnswer,
  DropAsk,
  LetterRow,
  ReplayAnswer,
  ReplayAsk,
  SilenceEventRow,
  SourcesPage,
} from './contract/sources.ts';
import type { Way } from '../pipelines/domain/way.ts';
import type { PostQuery } from '../pipelines/ports/post-store.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { FileDesk } from './file-desk.ts';
import type { SourceDesk } from './source-desk.ts';

export type { RawRow } from '../pipelines/ports/source.ts';

/** What the HTTP and socket edges need of the rest. app.ts builds it; tests hand in their own. */
export interface Services {
  readonly intake: {
    /** Checks, pseudonymises and durably accepts rows; one outcome a row, in order. @throws InboxFull */
    accept(rows: readonly RawRow[], source: string, way?: Way): Promise<IngestAnswer['rows']>;
  };
  readonly watch: {
    incidents(state?: 'open' | 'cooled' | 'merged'): readonly IncidentRow[];
    incident(id: string): Promise<IncidentFile | undefined>;
    alerts(after: number, limit: number, regions: readonly string[]): readonly AlertRow[];
    lastSeq(): number;
    pulse(): Pulse;
    sources(): readonly SourceRow[];
  };
  readonly posts: {
    /** `text` is cut by the store's own tokeniser. @throws StoreUnavailable */
    find(
      text: string,
      query: Omit<PostQuery, 'words'>,
    ): Promise<{ posts: PostRow[]; total: number; atLeast: boolean; next?: string; behind: number }>;
  };
  readonly reviews: {
    /** @throws StoreUnavailable */
    review(post: string, body: ReviewBody): Promise<ReviewOutcome>;
    list(limit: number, before?: number): ReviewList;
  };
  readonly door: DoorServices;
  readonly health: () => Promise<Health>;
  /** Called with every new alert, changed incident and, once a second, pulse; returns its own undo. */
  readonly onLive: (listener: LiveListener) => () => void;
}

/** What became of a review. */
export type ReviewOutcome =
  | { readonly kept: ReviewRow; readonly marks: Pick<PostRow, 'review' | 'refutations'> }
  /** Nothing was kept: somebody was quicker. */
  | { readonly meanwhile: ReviewRow }
  | { readonly missing: true }
  | { readonly refused: { readonly where: string; readonly because: string } };

/** The way in, as people look after it. */
export interface DoorServices {
  page(): SourcesPage;
  /** What weibo-crawler pushes as rows; undefined where the body is no such thing. */
  rowsOfPush(body: Uint8Array): Promise<readonly RawRow[] | undefined>;
  /** True for a source that is paused: it brings nothing in. */
  isPaused(source: string): boolean;
  letters(query: { readonly limit: number; readonly source?: string; readonly before?: number }): readonly LetterRow[];
  /** @throws InboxFull */
  replay(ask: ReplayAsk): Promise<ReplayAnswer>;
  drop(ask: DropAsk): DropAnswer;
  counts(post: string): readonly CountsRow[];
  /** The text of a plea as it was written, and a line in the log of who asked; undefined where it is none. @throws StoreUnavailable */
  contact(incident: string, ask: ContactAsk): Promise<ContactAnswer | undefined>;
  accesses(limit: number): readonly AccessShown[];
  /** Sources that fell silent and came back, oldest first. */
  silences(after: number, limit: number): readonly SilenceEventRow[];
  /** How sources are made, changed, paused and removed. */
  readonly desk: SourceDesk;
  readonly files: FileDesk;
}

export interface LiveListener {
  alert(row: AlertRow): void;
  incident(row: IncidentRow): void;
  pulse(pulse: Pulse): void;
  /** A source fell silent, or its silence ended. */
  silence(row: SilenceEventRow): void;
}

/** What a drill says about itself on every screen. */
export interface DrillState {
  readonly title: string;
  readonly speed: number;
  done: boolean;
}
