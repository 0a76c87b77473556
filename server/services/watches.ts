import type { Viewer } from '../../pipelines/domain/person.ts';
import type {
  HitRow,
  VersionsBody,
  WatchAsk,
  WatchPage,
  WatchRow,
  WatchTest,
  WatchTestAsk,
} from '../contract/watches.ts';

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
