import type { RegionCode } from '../domain/region.ts';
import type { Comment, Report } from '../domain/report.ts';

/** Which report: of a week, and of a region or (null) of the whole deployment. */
export interface ReportKey {
  readonly week: string;
  readonly of: RegionCode | null;
}

/** One version of a report; a later one never changes an earlier one. */
export interface ReportVersion extends ReportKey {
  /** 1, 2, 3 … within the key. */
  readonly version: number;
  readonly madeAt: number;
  /** Who had it made: a person, or the schedule. */
  readonly madeBy: string;
  readonly signed: { readonly by: string; readonly at: number } | null;
}

/** Reports as they were made, with what people wrote and signed beside the numbers. Everything is only added. */
export interface ReportShelf {
  add(report: Report, madeBy: string): ReportVersion;
  /** Newest week first, newest version first. */
  list(of: ReportKey['of'], limit: number): readonly ReportVersion[];
  /** The newest version where none is named. */
  get(key: ReportKey, version?: number): { readonly about: ReportVersion; readonly report: Report } | undefined;
  /** False where it is signed already, or there is none. */
  sign(key: ReportKey, version: number, by: string, at: number): boolean;
  /** Takes the place of what was written in the slot before; what it said stays on record. */
  comment(key: ReportKey, comment: Comment): void;
  /** What stands now, one a slot. */
  comments(key: ReportKey): readonly Comment[];
  close(): void;
}
