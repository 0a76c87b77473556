import type { ReportShelf, ReportVersion } from '../../pipelines/ports/report-shelf.ts';

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
