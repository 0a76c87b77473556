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
import type { PrecedentsBody, SpreadBody } from './contract/history.ts';
import type {
  HitRow,
  VersionsBody,
  WatchAsk,
  WatchPage,
  WatchRow,
  WatchTest,
  WatchTestAsk,
} from './contract/watches.ts';
import type {
  AnsweringBody,
  ClaimFile,
  ClaimList,
  ComposeAsk,
  DecideAsk,
  DeclineAsk,
  DraftAsk,
  DraftBody,
  JointAsk,
  JointRow,
  SendAnswer,
  SendAsk,
} from './contract/answering.ts';
import type { AssessmentBody } from './contract/assessment.ts';
import type { ActBody, DispatchBody, LinkRow } from './contract/case-acts.ts';
import type { CaseFileRow, FileEventRow, Ledger } from './contract/case-file.ts';
import type { PublicCase, PublicList } from './contract/public.ts';
import type { UnitForm, UnitView } from './contract/unit.ts';
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
import type { SearchQuestion } from './ask-posts.ts';
import type { Scope, Viewer } from '../pipelines/domain/person.ts';
import type {
  AccuracyBody,
  ChangeRow,
  ChangesAnswer,
  ChangesAsk,
  ImportAnswer,
  MatrixPage,
  StartAsk,
  TryAsk,
} from './contract/matrix.ts';
import type { SuggestionRow } from './contract/http.ts';
import type { FileAsk, FilePreview, FileState, ImportAsk } from './contract/files.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { ChannelAsk, ChannelIs, ChannelsPage, TestAnswer } from './contract/notify.ts';
import type { MuteAsk, MuteRow, NotePage, OnCallPage, RulesAsk, ShiftAsk, ShiftRow } from './contract/on-call.ts';
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

/** What became of something a person did in a file. */
export type Done<T> =
  | { readonly done: T }
  | { readonly missing: true }
  /** Somebody was quicker: the seq of the file as it is now. */
  | { readonly meanwhile: number }
  | { readonly refused: { readonly because: string; readonly where: string } };

/** Refutations, what follows an answer, joint publications. An incident that the viewer may not see is none. */
export interface FollowUpServices {
  claims(viewer: Viewer): Promise<ClaimList>;
  /** @throws StoreUnavailable */
  claim(viewer: Viewer, incident: string): Promise<ClaimFile | undefined>;
  /** The template over what is known; keeps nothing. @throws StoreUnavailable */
  compose(viewer: Viewer, incident: string, ask: ComposeAsk): Promise<Done<DraftBody>>;
  /** @throws StoreUnavailable */
  draft(viewer: Viewer, incident: string, ask: DraftAsk): Promise<Done<ClaimFile>>;
  /** @throws StoreUnavailable */
  decide(viewer: Viewer, incident: string, ask: DecideAsk): Promise<Done<ClaimFile>>;
  send(viewer: Viewer, incident: string, ask: SendAsk): Promise<Done<SendAnswer>>;
  /** @throws StoreUnavailable */
  answering(viewer: Viewer, incident: string): Promise<AnsweringBody | undefined>;
  joints(viewer: Viewer): readonly JointRow[];
  planJoint(viewer: Viewer, incident: string, ask: JointAsk): Done<JointRow[]>;
  declineJoint(viewer: Viewer, incident: string, ask: DeclineAsk): Done<JointRow[]>;
  /** Files and units that the viewer may see. Epoch ms, from ≤ t < to; `to` left out is now. undefined where the period ends before it begins. */
  assessment(
    viewer: Viewer,
    period: { readonly to?: number } & ({ readonly from: number } | { readonly days: number }),
  ): AssessmentBody | undefined;
}

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
  drop(viewer: Viewer, ask: DropAsk): DropAnswer;
  /** undefined where there is no such post to be seen. @throws StoreUnavailable */
  counts(scope: Scope, post: string): Promise<readonly CountsRow[] | undefined>;
  /** The text of a plea as it was written, and a line in the log of who asked; undefined where it is none. @throws StoreUnavailable */
  contact(viewer: Viewer, incident: string, ask: ContactAsk): Promise<ContactAnswer | undefined>;
  accesses(limit: number): readonly AccessShown[];
  /** Sources that fell silent and came back, oldest first. */
  silences(after: number, limit: number): readonly SilenceEventRow[];
  /** How sources are made, changed, paused and removed. */
  readonly desk: SourceDesk;
  readonly files: FileDesk;
}

/** What a person says of a source. Of a known one, what is not said stays as it was; null takes it away. */
export interface SourceAsk {
  readonly name: string;
  readonly way?: Way | undefined;
  /** Path of a folder, address of a feed. */
  readonly place?: string | undefined;
  readonly format?: string | null | undefined;
  readonly cadenceMs?: number | null | undefined;
  readonly everyMs?: number | undefined;
  readonly region?: string | null | undefined;
  readonly caps?: readonly string[] | undefined;
}

export type AskedField = 'name' | 'way' | 'place' | 'format' | 'cadence' | 'every' | 'region' | 'caps';
export interface RefusedAsk {
  readonly where: AskedField;
  readonly because: string;
}

/** Who does something that can not be taken back, and why: written down before it is done. */
export interface Signed {
  readonly who: string;
  readonly why: string;
}

export interface SourceDesk {
  /** A pushed source that has no token yet gets one, which is shown this once. */
  describe(ask: SourceAsk): { readonly refused: RefusedAsk } | { readonly fresh: boolean; readonly token?: string };
  /** False where there is no such source. */
  pause(name: string, paused: boolean): boolean;
  /** With its tokens; what it brought stays. Answers how many tokens were struck; undefined where there is no such source. */
  remove(name: string, by?: Signed): number | undefined;
  /** A new token, and how many old ones are refused from now on. @throws TokenError where the name can have none */
  rotate(name: string, by?: Signed): { readonly token: string; readonly struck: number };
}

/** Files as people bring them on the page. */
export interface FileDesk {
  /** A string: why it was not taken, being too large or one too many. */
  bring(name: string, stream: AsyncIterable<Buffer>): Promise<FilePreview | string>;
  /** The same file read by a mapping, or as it is recognised; undefined where there is none of this id. A string: what is wrong with the mapping. */
  preview(ask: FileAsk): Promise<FilePreview | string | undefined>;
  /** Begins; how it goes is asked by its id. A string: what is wrong with the mapping. */
  import(ask: ImportAsk): Promise<FileState | string | undefined>;
  state(id: string): FileState | undefined;
  drop(id: string): Promise<boolean>;
}

/** What became of a watch that was to be kept. */
export type WatchAnswer =
  | { readonly kept: WatchRow }
  /** Nothing was kept: somebody was quicker. */
  | { readonly meanwhile: WatchRow }
  | { readonly missing: true }
  | { readonly refused: { readonly where: string; readonly because: string } };

export interface WatchVersion {
  readonly id: string;
  readonly expected: number;
  readonly why?: string;
}

/** 关注. Everything is cut to what the viewer may see. */
export interface WatchServices {
  page(viewer: Viewer): WatchPage;
  create(ask: WatchAsk, viewer: Viewer): Promise<WatchAnswer>;
  change(id: string, ask: WatchAsk, viewer: Viewer): Promise<WatchAnswer>;
  remove(what: WatchVersion, viewer: Viewer): Promise<WatchAnswer>;
  restore(what: WatchVersion, viewer: Viewer): Promise<WatchAnswer>;
  versions(id: string, viewer: Viewer): VersionsBody | undefined;
  /** The last seven days. @throws StoreUnavailable */
  test(
    ask: WatchTestAsk,
    viewer: Viewer,
  ): Promise<{ readonly tested: WatchTest } | Extract<WatchAnswer, { refused: object }>>;
  hits(after: number, limit: number, viewer: Viewer): readonly HitRow[];
}

/** Why nothing was kept: what somebody else changed meanwhile, or a sentence for people. */
export type MatrixRefusal = { readonly meanwhile: ChangeRow[] } | { readonly refused: string };

/** The matrix, cut to who asks. Whether they may change it at all is for the route's policy. */
export interface MatrixServices {
  /** `at`: the accounts as they were then, epoch ms. */
  page(viewer: Viewer, at?: number): MatrixPage;
  history(viewer: Viewer, account: string): ChangeRow[];
  change(viewer: Viewer, ask: ChangesAsk): ChangesAnswer | MatrixRefusal;
  undo(viewer: Viewer, batch: number): ChangesAnswer | MatrixRefusal;
  import(
    viewer: Viewer,
    given: {
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly why: string | undefined;
      readonly retireAbsent: boolean;
      readonly preview: boolean;
    },
  ): Promise<ImportAnswer | MatrixRefusal>;
  startFrom(viewer: Viewer, ask: StartAsk): Promise<ImportAnswer | MatrixRefusal>;
  export(viewer: Viewer, format: 'csv' | 'json'): string;
  /** A dry run: nothing is raised, handed over or kept. */
  try(viewer: Viewer, ask: TryAsk): SuggestionRow | { readonly refused: string };
  accuracy(viewer: Viewer): AccuracyBody;
}

/** What a person asked for can't be: which part of it, and why. */
export type NotifyRefused = { readonly refused: { readonly where: string; readonly because: string } };

/** Telling people: channels, deliveries, mutes, shifts and calls. False and undefined: there is no such thing to be seen. */
export interface NotifyServices {
  channelsPage(viewer: Viewer): ChannelsPage;
  saveChannel(viewer: Viewer, ask: ChannelAsk): ChannelIs | NotifyRefused | undefined;
  removeChannel(id: string): boolean | NotifyRefused;
  /** Sends a word at once and answers what the receiver said. */
  test(viewer: Viewer, id: string): Promise<TestAnswer | undefined>;
  resend(ids: readonly number[]): number;
  onCallPage(viewer: Viewer): OnCallPage;
  note(viewer: Viewer, span?: { readonly from: number; readonly to: number }): NotePage;
  saveShift(ask: ShiftAsk): ShiftRow | NotifyRefused | undefined;
  removeShift(id: number): boolean;
  saveRules(viewer: Viewer, ask: RulesAsk): true | NotifyRefused;
  mute(viewer: Viewer, ask: MuteAsk): MuteRow | NotifyRefused;
  endMute(viewer: Viewer, id: number): boolean;
  /** 接手: nobody else is called. */
  take(viewer: Viewer, incident: string): boolean;
}

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
  readonly speed: number;
  done: boolean;
}

/** Why an act is not allowed, for the person who tried it. */
export interface Refused {
  readonly where: string;
  readonly because: string;
}

/** What became of an act. `missing`: there is no such incident, or the viewer may not know of it. */
export type ActOutcome =
  | { readonly file: CaseFileRow }
  | { readonly meanwhile: readonly FileEventRow[]; readonly file: CaseFileRow }
  | { readonly refused: Refused }
  | { readonly missing: true };

/** The files of incidents, for those who work with them. Everything is cut to the viewer's scope. */
export interface CaseServices {
  file(incident: string, viewer: Viewer): CaseFileRow | undefined;
  act(incident: string, body: ActBody, viewer: Viewer): ActOutcome;
  /** 派警: the nearest station and the command centre, by the suggestion. */
  dispatch(incident: string, body: DispatchBody, viewer: Viewer): ActOutcome & { readonly links?: readonly LinkRow[] };
  /** The signed link and the sheet for an account that has been asked; undefined where it has not. */
  link(incident: string, account: string, viewer: Viewer): LinkRow | undefined;
  ledger(viewer: Viewer): Ledger;
  /** Every account of the matrix, for choosing. */
  accounts(): readonly AccountChoice[];
  /** What is printed for a unit, or undefined where it was not asked or the viewer may not know. */
  sheet(incident: string, account: string, viewer: Viewer): UnitView | undefined;
  readonly units: UnitServices;
  /** Undefined where the public page is switched off. */
  readonly publicPage: PublicServices | undefined;
}

export interface AccountChoice {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly tier: string;
  readonly region: string;
  readonly public: boolean;
}

/** One case by a signed link, without sign-in. */
export interface UnitServices {
  /** Undefined: the link is none of ours. */
  view(token: string): UnitView | undefined;
  give(token: string, form: UnitForm): { readonly done: string } | { readonly refused: Refused } | undefined;
  /** The plea as it was written, for those sent out, and a line in the log. @throws StoreUnavailable */
  contact(token: string): Promise<string | undefined>;
}

/** What anybody may see. */
export interface PublicServices {
  list(): PublicList;
  one(incident: string): PublicCase | undefined;
  say(
    incident: string,
    solved: boolean,
    comment: string | undefined,
  ): { readonly refused: Refused } | { readonly kept: true } | undefined;
}
