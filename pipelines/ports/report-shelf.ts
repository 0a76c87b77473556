import type { Comment, Report } from '../domain/report.ts';

/** One version of a week's report; a later one never changes an earlier one. */
export interface ReportVersion {
  readonly week: string;
  /** 1, 2, 3 … within the week. */
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
  list(limit: number): readonly ReportVersion[];
  /** The newest version where none is named. */
  get(week: string, version?: number): { readonly about: ReportVersion; readonly report: Report } | undefined;
  /** False where it is signed already, or there is none. */
  sign(week: string, version: number, by: string, at: number): boolean;
  /** Takes the place of what was written in the slot before; what it said stays on record. */
  comment(week: string, comment: Comment): void;
  /** What stands now, one a slot. */
  comments(week: string): readonly Comment[];
  close(): void;
}
