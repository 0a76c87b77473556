import type { Scope, Viewer } from '../../pipelines/domain/person.ts';
import type { Way } from '../../pipelines/domain/way.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import type { FileAsk, FilePreview, FileState, ImportAsk } from '../contract/files.ts';
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
} from '../contract/sources.ts';

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
