import { csvRow } from '../pipelines/domain/csv-row.ts';
import { seesRegion, type Scope, type Viewer } from '../pipelines/domain/person.ts';
import { agreementOf, agrees, REVIEW_HEADS, type ReviewedCase } from '../pipelines/domain/review.ts';
import { LEAST_CASES } from '../pipelines/2-understand/fit-calibration.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { ReviewStore } from '../pipelines/ports/review-store.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import { loadCalibration, type CalibrationFile } from './adapters/models/calibration-file.ts';
import { loadPublishedFigures, missesBar } from './adapters/models/published-figures.ts';
import { loadStatedThresholds } from './adapters/models/stated-thresholds.ts';
import { CALIBRATED, type CalibrationOutcome, type PartFigures, type PartResult } from './calibrate.ts';
import type { CalibrationPreview, CasesQuery, ModelsPage } from './contract/settings-keeping.ts';
import type { UnderstandingOptions } from './open-understanding.ts';
import { reviewRow } from './review-views.ts';
import type { RuleFile } from './rule-file.ts';
import type { SettingOutcome, SettingsServices } from './services/settings.ts';
import { Setting } from './setting.ts';
import type { Trials } from './trial.ts';
import type { UnderstandPool } from './understand-pool.ts';

export interface ModelsDeskParts {
  readonly book: SettingsBook;
  readonly clock: Clock;
  /** calibration.json of the data folder. */
  readonly file: RuleFile;
  readonly varDir: string;
  readonly office: () => UnderstandingOptions;
  readonly pool: UnderstandPool;
  readonly reviews: ReviewStore;
  readonly trials: Trials;
  readonly apply: () => Promise<void>;
  readonly drill: boolean;
}

type CalibrationPart = CalibrationPreview['parts'][number];
const iso = (at: number): string => new Date(at).toISOString();

/** 模型: how well each head did where it was measured, what people found here, and a calibration on it that can be taken back. */
export function buildModelsDesk(parts: ModelsDeskParts): SettingsServices['models'] {
  const { book, clock, file, pool, reviews, trials } = parts;
  const published = loadPublishedFigures();
  const stated = loadStatedThresholds(published.weights)?.thresholds;
  const setting = new Setting({
    ...{ book, clock, kind: 'calibration' as const, lines: calibrationLines },
    current: () => file.read(),
  });

  const seen = (scope: Scope): ReviewedCase[] =>
    [...reviews.all()].filter(({ says, machine }) =>
      seesRegion(scope, says.place === undefined ? machine.place : says.place),
    );
  const chosen = (scope: Scope, query: Pick<CasesQuery, 'head' | 'same'>): ReviewedCase[] =>
    seen(scope)
      .filter((one) => isAsked(one, query))
      .reverse();

  async function outcomeAt(precision: number): Promise<CalibrationOutcome & { readonly weights: string }> {
    // Below this no part can be calibrated, and nothing needs to be read for it.
    if (reviews.count() < LEAST_CASES)
      return {
        parts: CALIBRATED.map((part) => ({
          part,
          n: 0,
          refused: `已核案例共${reviews.count()}条，至少要${LEAST_CASES}条不同的文本`,
        })),
        weights: pool.weights,
      };
    const { varDir, office } = parts;
    return trials.ask<'calibration'>({ kind: 'calibration', varDir, office: office(), precision });
  }

  async function put(
    viewer: Viewer,
    given: { readonly seen: number; readonly why: string; readonly body: string | null; readonly restores?: number },
  ): Promise<SettingOutcome> {
    if (given.body === file.read()) return { refused: '没有改动，没有什么可采用' };
    const outcome = setting.keep(viewer, given);
    if ('meanwhile' in outcome) return outcome;
    file.write(given.body);
    await parts.apply();
    return { kept: { version: outcome.kept.n } };
  }

  return {
    page({ roles, scope }) {
      const { calibration } = pool.calibration === null ? {} : loadCalibration(file.path, pool.weights);
      const mayReadCases = roles.includes('analyst') || roles.includes('editor');
      return {
        now: iso(clock.now()),
        drill: parts.drill,
        mayReadCases,
        mayCalibrate: mayReadCases && scope.regions === 'all',
        ...{ last: setting.last, weights: pool.weights, calibration: pool.calibration, note: pool.note ?? '' },
        ...{ measuredOn: published.measuredOn, otherWeights: published.weights !== pool.weights },
        figures: published.figures.map((figure) => ({ ...figure, missed: missesBar(figure) })),
        thresholds: CALIBRATED.map((part): ModelsPage['thresholds'][number] => {
          if (part === 'need.plea') return { part, released: 0, inForce: calibration?.need?.lean ?? 0 };
          const here = stated?.[part];
          const own = part === 'rumor.known' ? calibration?.rumor.known : calibration?.rumor.unknown;
          const released = here?.threshold ?? 0.5;
          return {
            ...{ part, released, inForce: own?.threshold ?? released },
            ...(here === undefined ? {} : { precision: { ...here.precision }, recall: { ...here.recall } }),
          };
        }),
        reviewed: [...agreementOf(seen(scope))],
        versions: scope.regions === 'all' ? setting.versions() : [],
      };
    },
    cases(scope, query) {
      const all = chosen(scope, query);
      const older = all.filter(({ id }) => query.before === undefined || id < query.before);
      const page = older.slice(0, query.limit);
      const last = page.at(-1);
      return {
        total: all.length,
        cases: page.map(reviewRow),
        ...(older.length > query.limit && last !== undefined ? { next: last.id } : {}),
      };
    },
    csv: (scope, query) => `\uFEFF${csvRow(COLUMNS)}${chosen(scope, query).map(csvOf).join('')}`,
    async preview(precision) {
      const { parts: rows, calibration } = await outcomeAt(precision);
      return { parts: rows.map(partRow), possible: calibration !== undefined };
    },
    async save(viewer, { seen: last, precision, why }) {
      const { calibration, weights } = await outcomeAt(precision);
      if (calibration === undefined) return { refused: '已核案例太少，没有哪一项能校准' };
      if (weights !== pool.weights) return { refused: '词表刚刚改过，请再看一次会改变什么' };
      const made: CalibrationFile = { format: 1, madeAt: iso(clock.now()), weights, precision, ...calibration };
      return put(viewer, { seen: last, why, body: `${JSON.stringify(made, null, 2)}\n` });
    },
    async restore(viewer, { seen: last, version, why }) {
      const found = setting.get(version);
      if (found === undefined) return { refused: `没有第${version}版` };
      return put(viewer, { seen: last, why, body: found.body, restores: version });
    },
  };
}

function isAsked({ machine, says }: ReviewedCase, { head, same }: Pick<CasesQuery, 'head' | 'same'>): boolean {
  const found = (head === undefined ? REVIEW_HEADS : [head]).flatMap((one) => agrees(one, machine, says) ?? []);
  if (head !== undefined && says[head] === undefined) return false;
  if (same === undefined) return true;
  return same === 'no' ? found.includes(false) : found.length > 0 && !found.includes(false);
}

const COLUMNS = ['编号', '时间', '正文', '模型', '校准', '机器判断', '人的判断', '备注'];
const csvOf = (one: ReviewedCase): string => {
  const { id, at, title, text, weights, calibration, machine, says, comment } = reviewRow(one);
  return csvRow([
    ...[id, at, title === undefined ? text : `${title}\n${text}`, weights, calibration ?? ''],
    ...[JSON.stringify(machine), JSON.stringify(says), comment ?? ''],
  ]);
};

const partRow = ({ part, n, refused, note, threshold, before, after }: PartResult): CalibrationPart => ({
  ...{ part, n },
  ...(refused === undefined ? {} : { refused }),
  ...(note === undefined ? {} : { note }),
  ...(threshold === undefined ? {} : { threshold: { ...threshold } }),
  ...(before === undefined ? {} : { before: figuresRow(before) }),
  ...(after === undefined ? {} : { after: figuresRow(after) }),
});

const figuresRow = ({ precision, recall, calibrationError }: PartFigures): NonNullable<CalibrationPart['before']> => ({
  ...{ precision: { ...precision }, recall: { ...recall } },
  ...(calibrationError === undefined ? {} : { calibrationError: { ...calibrationError } }),
});

function calibrationLines(body: string | null): string[] {
  if (body === null) return ['照出厂，未校准'];
  const { rumor, need, precision, madeAt } = JSON.parse(body) as CalibrationFile;
  const lines = [
    ...(rumor.known === null ? [] : [`传言（来源已知）阈值${rumor.known.threshold.toFixed(2)}`]),
    ...(rumor.unknown === null ? [] : [`传言（来源未知）阈值${rumor.unknown.threshold.toFixed(2)}`]),
    ...(need === null ? [] : [`求助倾向${need.lean.toFixed(2)}`]),
  ];
  return [`目标精确率${Math.round(precision * 100)}%，${madeAt.slice(0, 10)}`, ...lines];
}
