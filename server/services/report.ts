import type { Viewer } from '../../pipelines/domain/person.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { ReportKey, ReportShelf, ReportVersion } from '../../pipelines/ports/report-shelf.ts';

/** The weekly report: made, written, commented and signed; of the whole deployment, or of one region. */
export interface ReportServices {
  readonly shelf: Pick<ReportShelf, 'get' | 'list' | 'sign' | 'comment' | 'comments'>;
  /** Which report somebody asks for: null for the whole deployment, the viewer's own where none is named; undefined where they may not see it. */
  reported(viewer: Viewer, region: string | undefined): RegionCode | null | undefined;
  /** What the viewer may ask for, the widest first. */
  choices(viewer: Viewer): readonly { readonly region: RegionCode | null; readonly name: string }[];
  /** The week that ended last. */
  lastWeek(): string;
  /** Since when there is something to count, of a region or the whole deployment; null: there is nothing yet. @throws StoreUnavailable */
  since(of: ReportKey['of']): Promise<number | null>;
  /** Whether there is anything from before a time. @throws StoreUnavailable */
  hasData(before: number, of: ReportKey['of']): Promise<boolean>;
  /** Keeps a new version. @throws StoreUnavailable, NoEvidence, RangeError where it is no week or has not begun */
  make(key: ReportKey, by: string): Promise<ReportVersion>;
  /** Undefined where there is no such version; the newest where none is named. `base`: where its links lead, ending with a slash; the office's address where none is given. */
  write(
    key: ReportKey,
    format: 'html' | 'docx' | 'pdf' | 'csv',
    version?: number,
    base?: string,
  ): Promise<Uint8Array | undefined>;
  /** The Content-Security-Policy of the HTML. */
  readonly policy: string;
  now(): number;
}
