import type { Scope, Viewer } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Way } from '../pipelines/domain/way.ts';
import type { PostQuery } from '../pipelines/ports/post-store.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { PrecedentsBody, SpreadBody } from './contract/history.ts';
import type { AlertRow, IncidentFile, IncidentRow, IngestAnswer, PostRow } from './contract/http.ts';
import type { Health, Pulse, SourceRow } from './contract/pulse.ts';
import type { ReviewBody, ReviewList, ReviewRow } from './contract/review.ts';
import type { SilenceEventRow } from './contract/sources.ts';
import type { HitRow } from './contract/watches.ts';
import type { DoorServices } from './services/door.ts';
import type { FollowUpServices } from './services/follow-up.ts';
import type { MatrixServices } from './services/matrix.ts';
import type { NotifyServices } from './services/notify.ts';
import type { SearchQuestion } from './services/search.ts';
import type { WatchServices } from './services/watches.ts';

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
    /** `text` is cut by the store's own tokeniser; `reasons`: with why each was read as it was. @throws StoreUnavailable, PeriodTooLong */
    find(
      scope: Scope,
      text: string,
      query: SearchQuestion & Pick<PostQuery, 'limit' | 'after'> & { readonly reasons?: boolean },
    ): Promise<{ posts: PostRow[]; total: number; atLeast: boolean; next?: string; behind: number }>;
  };
  readonly reviews: {
    /** @throws StoreUnavailable */
    review(viewer: Viewer, post: string, body: ReviewBody): Promise<ReviewOutcome>;
    list(scope: Scope, limit: number, before?: number): ReviewList;
  };
  readonly door: DoorServices;
  readonly standing: WatchServices;
  /** How an incident spread and what past ones teach; undefined where there is no such incident for the viewer. */
  readonly history: {
    spread(id: string, scope: Scope): Promise<SpreadBody | undefined>;
    precedents(id: string, scope: Scope): Promise<PrecedentsBody | undefined>;
  };
  readonly followUp: FollowUpServices;
  readonly matrix: MatrixServices;
  readonly notify: NotifyServices;
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

export interface LiveListener {
  /** A source fell silent or came back; `region` is what it is said to cover. */
  silence(row: SilenceEventRow, region: RegionCode | null): void;
  alert(row: AlertRow): void;
  watchHit(row: HitRow): void;
  incident(row: IncidentRow): void;
  pulse(pulseOf: (scope: Scope) => Pulse): void;
}

/** What a drill says about itself on every screen. */
export interface DrillState {
  readonly title: string;
  /** When what is replayed really happened, ISO 8601; absent where it is invented. */
  readonly past?: string;
  readonly speed: number;
  done: boolean;
}
