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
  SourcesPage,
} from './contract/sources.ts';
import type { Scope, Viewer } from '../pipelines/domain/person.ts';
import type { Way } from '../pipelines/domain/way.ts';
import type { PostQuery } from '../pipelines/ports/post-store.ts';
import type { ReportShelf, ReportVersion } from '../pipelines/ports/report-shelf.ts';
import type { RawRow } from '../pipelines/ports/source.ts';

export type { RawRow } from '../pipelines/ports/source.ts';

/** What a request or a handshake brings to say who asks. */
export interface Credentials {
  readonly session?: string;
  /** Of a wall screen. */
  readonly display?: string;
  /** Asked by a page on its own: it does not keep a session awake. */
  readonly background?: boolean;
}

export interface Who {
  /** Who asks; undefined where that is nobody we know. Where sign-in is not set up, whoever sits at this machine. */
  asks(given: Credentials): Viewer | undefined;
}

/**
 * What the HTTP and socket edges need of the rest. app.ts builds it; tests hand in their own. Whatever tells of a region takes
 * the asker's scope and is cut to it below this line, so that no route can read around it.
 */
export interface Services {
  readonly who: Who;
  readonly intake: {
    /** Checks, pseudonymises and durably accepts rows; one outcome a row, in order. @throws InboxFull */
    accept(rows: readonly RawRow[], source: string, way?: Way): Promise<IngestAnswer['rows']>;
  };
  readonly watch: {
    incidents(scope: Scope, state?: 'open' | 'cooled' | 'merged'): readonly IncidentRow[];
    incident(scope: Scope, id: string): Promise<IncidentFile | undefined>;
    alerts(scope: Scope, after: number, limit: number, regions: readonly string[]): readonly AlertRow[];
    lastSeq(scope: Scope): number;
    pulse(scope: Scope): Pulse;
    /** Of a source that brings more than may be seen, only whether it lives. */
    sources(scope: Scope): readonly SourceRow[];
  };
  readonly posts: {
    /** `text` is cut by the store's own tokeniser. @throws StoreUnavailable */
    find(
      scope: Scope,
      text: string,
      query: Omit<PostQuery, 'words' | 'within'>,
    ): Promise<{ posts: PostRow[]; total: number; atLeast: boolean; next?: string; behind: number }>;
  };
  readonly reviews: {
    /** @throws StoreUnavailable */
    review(viewer: Viewer, post: string, body: ReviewBody): Promise<ReviewOutcome>;
    list(scope: Scope, limit: number, before?: number): ReviewList;
  };
  readonly door: DoorServices;
  /** How many posts there are is told to those who see everything. */
  readonly health: (scope: Scope) => Promise<Health>;
  /** Called with every new alert, changed incident and, once a second, what counts the pulse; returns its own undo. */
  readonly onLive: (listener: LiveListener) => () => void;
}

/** What became of a review. */
export type ReviewOutcome =
  | { readonly kept: ReviewRow; readonly marks: Pick<PostRow, 'review' | 'refutations'> }
  /** Nothing was kept: somebody was quicker. */
  | { readonly meanwhile: ReviewRow }
  | { readonly missing: true }
  | { readonly refused: { readonly where: string; readonly because: string } };

/** The weekly report: made, written, commented and signed. It is of the whole deployment. */
export interface ReportServices {
  readonly shelf: Pick<ReportShelf, 'get' | 'list' | 'sign' | 'comment' | 'comments'>;
  /** The week that ended last. */
  lastWeek(): string;
  /** Keeps a new version. @throws StoreUnavailable, NoEvidence, RangeError where it is no week or has not begun */
  make(week: string, by: string): Promise<ReportVersion>;
  /** Undefined where there is no such version; the newest where none is named. */
  write(week: string, format: 'html' | 'docx' | 'pdf' | 'csv', version?: number): Promise<Uint8Array | undefined>;
  /** The Content-Security-Policy of the HTML. */
  readonly policy: string;
  now(): number;
}

/** The way in, as people look after it. What takes no scope is of the whole deployment: its routes ask for everything. */
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
  /** undefined where there is no such post to be seen. @throws StoreUnavailable */
  counts(scope: Scope, post: string): Promise<readonly CountsRow[] | undefined>;
  /** The text of a plea as it was written, and a line in the log of who asked; undefined where it is none. @throws StoreUnavailable */
  contact(viewer: Viewer, incident: string, ask: ContactAsk): Promise<ContactAnswer | undefined>;
  accesses(limit: number): readonly AccessShown[];
}

export interface LiveListener {
  alert(row: AlertRow): void;
  incident(row: IncidentRow): void;
  pulse(pulseOf: (scope: Scope) => Pulse): void;
}

/** What a drill says about itself on every screen. */
export interface DrillState {
  readonly title: string;
  readonly speed: number;
  done: boolean;
}
