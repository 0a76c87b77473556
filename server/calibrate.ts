import type { Post } from '../pipelines/domain/post.ts';
import { rumorLabel, standingOf, type ReviewedCase } from '../pipelines/domain/review.ts';
import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { signatureOf } from '../pipelines/1-intake/signature.ts';
import { judge, numbersOf } from '../pipelines/2-understand/classify.ts';
import {
  fitScore,
  FOLDS,
  foldOf,
  LEAST_CASES,
  ratedOutOfFold,
  tooFew,
  type ScoredCase,
} from '../pipelines/2-understand/fit-calibration.ts';
import { measureCalibration, qualityOf, type Measured, type Rated } from '../pipelines/2-understand/measure-scores.ts';
import type { Calibration } from '../pipelines/ports/calibration.ts';
import type { Weights } from '../pipelines/ports/weights.ts';

export const CALIBRATED = ['rumor.known', 'rumor.unknown', 'need.plea'] as const;
export type CalibratedPart = (typeof CALIBRATED)[number];

/** One part before and after. `after` is measured on cases that its calibration had not seen. */
export interface PartResult {
  readonly part: CalibratedPart;
  readonly n: number;
  /** Why it stays as released, in one sentence; undefined where it was calibrated. */
  readonly refused?: string;
  /** What is said beside the figures. */
  readonly note?: string;
  readonly threshold?: { readonly before: number; readonly after: number };
  readonly before?: PartFigures;
  readonly after?: PartFigures;
}

export interface PartFigures {
  readonly precision: Measured;
  readonly recall: Measured;
  readonly calibrationError?: Measured;
}

export interface CalibrationOutcome {
  readonly parts: readonly PartResult[];
  /** undefined: nothing could be calibrated. */
  readonly calibration?: Pick<Calibration, 'rumor' | 'need'>;
}

/** One distinct reviewed text: the newest word on it, and the post as understanding takes it. */
interface Reviewed {
  readonly text: Pick<Post, 'text' | 'title' | 'author'>;
  readonly says: ReviewedCase['says'];
}

const MOST_TEXTS = 200_000;
const LEANS = Array.from({ length: 17 }, (_, at) => (at - 8) / 4);
/** Texts at which the office's lean counts half. */
const LEAN_HALF = 60;

/** Distinct texts, oldest review first: copies of one text teach once, by the newest word on any of them. */
export function distinctTexts(cases: Iterable<ReviewedCase>): Reviewed[] {
  const folds = new FoldIndex(20_000);
  const groups = new Map<string, ReviewedCase[]>();
  for (const each of cases) {
    const group = folds.fold(each.post, signatureOf(each.text));
    const held = groups.get(group);
    if (held !== undefined) held.push(each);
    else if (groups.size < MOST_TEXTS) groups.set(group, [each]);
  }
  return [...groups.values()].flatMap((held): Reviewed[] => {
    const standing = standingOf(held);
    const newest = held.at(-1);
    if (standing === undefined || newest === undefined) return [];
    const { text, title, authorKind } = newest;
    const author = authorKind === undefined ? {} : { author: { key: '', kind: authorKind } };
    return [{ text: { text, ...(title === undefined ? {} : { title }), ...author }, says: standing.says }];
  });
}

/**
 * Re-fits what the office's cases allow: the rumor score for known and for unknown sources, and how readily a post counts as a
 * plea. Texts are judged again by the weights as released, so a new model only needs this run again.
 *
 * @param precision the share of called posts that people should find called rightly, 0…1
 */
export function calibrate(cases: Iterable<ReviewedCase>, released: Weights, precision: number): CalibrationOutcome {
  const texts = distinctTexts(cases);
  const known = rumorPart('rumor.known', texts, released, precision);
  const unknown = rumorPart('rumor.unknown', texts, released, precision);
  const need = needPart(texts, released, precision);
  const parts = [known.result, unknown.result, need.result];
  if (parts.every(({ refused }) => refused !== undefined)) return { parts };
  return {
    parts,
    calibration: {
      rumor: { known: known.calibration ?? null, unknown: unknown.calibration ?? null },
      need: need.calibration ?? null,
    },
  };
}

function rumorPart(
  part: 'rumor.known' | 'rumor.unknown',
  texts: readonly Reviewed[],
  released: Weights,
  precision: number,
): { result: PartResult; calibration?: Calibration['rumor']['known'] } {
  const threshold = numbersOf(released, part)[5] as number;
  const own = texts.filter(({ text }) => (text.author !== undefined) === (part === 'rumor.known'));
  const rows = own.flatMap(({ text, says }): ScoredCase[] => {
    const truth = rumorLabel(says);
    return truth === undefined ? [] : [{ score: judge(released, text).rumor.score, truth }];
  });
  const refused = tooFew(rows);
  if (refused !== undefined) return { result: { part, n: rows.length, refused } };
  const before: Rated[] = rows.map(({ score, truth }) => ({ score, called: score >= threshold, truth }));
  const after = ratedOutOfFold(rows, threshold, precision);
  const { calibration, reached } = fitScore(rows, threshold, precision);
  return {
    calibration,
    result: {
      part,
      n: rows.length,
      threshold: { before: threshold, after: calibration.threshold },
      before: { ...qualityOf(before), calibrationError: measureCalibration(before) },
      after: { ...qualityOf(after), calibrationError: measureCalibration(after) },
      ...(reached ? {} : { note: `没有哪个阈值能达到 ${share(precision)} 的精确率，阈值保持出厂位置` }),
    },
  };
}

interface PleaRow {
  readonly truth: boolean;
  /** Whether it is called a plea, by lean. */
  readonly called: readonly boolean[];
}

function needPart(
  texts: readonly Reviewed[],
  released: Weights,
  precision: number,
): { result: PartResult; calibration?: Calibration['need'] } {
  const part = 'need.plea';
  const said = texts.filter(({ says }) => says.need !== undefined);
  const refused = tooFew(said.map(({ says }) => ({ truth: says.need === '求助' })));
  if (refused !== undefined) return { result: { part, n: said.length, refused } };
  const called = LEANS.map((lean) => {
    const weights = { ...released, calibration: leanOnly(released, lean) };
    return said.map(({ text }) => judge(weights, text).need.kind === '求助');
  });
  const rows = said.map(({ says }, row) => ({
    truth: says.need === '求助',
    called: called.map((of) => of[row] ?? false),
  }));
  const rated = (row: PleaRow, lean: number) => ({
    called: row.called[LEANS.indexOf(lean)] ?? false,
    truth: row.truth,
  });
  const leans = Array.from({ length: FOLDS }, (_, fold) =>
    leanFor(
      rows.filter((_row, at) => foldOf(at, rows.length) !== fold),
      precision,
    ),
  );
  const lean = leanFor(rows, precision);
  return {
    calibration: lean === 0 ? null : { lean, n: rows.length },
    result: {
      part,
      n: rows.length,
      threshold: { before: 0, after: lean },
      before: qualityOf(rows.map((row) => rated(row, 0))),
      after: qualityOf(rows.map((row, at) => rated(row, leans[foldOf(at, rows.length)] ?? 0))),
    },
  };
}

/** The lean that finds most pleas at the precision asked for, drawn towards 0 where cases are few; 0 where none reaches it. */
function leanFor(rows: readonly PleaRow[], precision: number): number {
  const fit = LEANS.find((_lean, at) => {
    const hits = rows.filter((row) => row.called[at] === true);
    return hits.length >= LEAST_CASES / 5 && hits.filter((row) => row.truth).length / hits.length >= precision;
  });
  const drawn = (fit ?? 0) * (rows.length / (rows.length + LEAN_HALF));
  return LEANS.reduce((best, lean) => (Math.abs(lean - drawn) < Math.abs(best - drawn) ? lean : best), 0);
}

const leanOnly = (released: Weights, lean: number): Calibration => ({
  version: '',
  weights: released.version,
  precision: 0,
  rumor: { known: null, unknown: null },
  need: { lean, n: 1 },
});

const share = (value: number): string => `${Math.round(value * 100)}%`;
