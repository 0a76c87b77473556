import { faultsOfOwnWords, wordLine, type OwnCase, type OwnWords } from '../pipelines/domain/own-words.ts';
import type { Viewer } from '../pipelines/domain/person.ts';
import type { Understanding } from '../pipelines/domain/post.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import { ownWordsOf, parseTaxonomy, writeTaxonomy } from './adapters/models/read-taxonomy.ts';
import type { JudgedRow, OwnWordsBody, TaxonomyTried } from './contract/settings.ts';
import type { RuleFile } from './rule-file.ts';
import { sentencePost } from './sentence-post.ts';
import type { SettingOutcome, SettingsServices } from './services/settings.ts';
import { Setting } from './setting.ts';
import { DraftFault, type TaxonomyTrial, type Trials } from './trial.ts';
import type { UnderstandPool } from './understand-pool.ts';

export interface TaxonomyDeskParts {
  readonly book: SettingsBook;
  readonly clock: Clock;
  readonly file: RuleFile;
  readonly pool: UnderstandPool;
  readonly trials: Trials;
  /** Makes the files as they are now the rules of the running server. */
  readonly apply: () => Promise<void>;
  readonly drill: boolean;
}

const NOTHING: OwnWords = { words: [], cases: [] };

/** 分类词: an office's own cue words and cases, tried beside the rules in force and put in force without a restart. */
export function buildTaxonomyDesk(parts: TaxonomyDeskParts): SettingsServices['taxonomy'] {
  const { book, clock, file, pool, trials } = parts;
  const read = (text: string | null): OwnWords =>
    text === null ? NOTHING : ownWordsOf(parseTaxonomy(file.name, text));
  const setting = new Setting({
    ...{ book, clock, kind: 'taxonomy' as const },
    current: () => file.read(),
    lines(body) {
      const { words, cases } = readable(body);
      return [...words.map(wordLine), ...cases.map(caseLine)];
    },
  });
  /** A file that was written by hand may be wrong: its versions are then told of without lines. */
  function readable(body: string | null): OwnWords {
    try {
      return read(body);
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      return NOTHING;
    }
  }

  async function trial(draft: string, text: string | null): Promise<TaxonomyTrial | { readonly fault: string }> {
    try {
      return await trials.ask<'taxonomy'>({ kind: 'taxonomy', draft, text });
    } catch (cause) {
      if (cause instanceof DraftFault) return { fault: cause.message };
      throw cause;
    }
  }

  async function put(
    viewer: Viewer,
    given: { readonly seen: number; readonly why: string; readonly body: string | null; readonly restores?: number },
  ): Promise<SettingOutcome> {
    if (given.body === file.read()) return { refused: '没有改动，没有什么可保存' };
    if (given.body !== null) {
      const tried = await trial(given.body, null);
      if ('fault' in tried) return { refused: tried.fault };
      const [first] = tried.failing;
      if (first !== undefined) return { refused: `有${tried.failing.length}个用例不符，先改到相符：${first}` };
    }
    const outcome = setting.keep(viewer, given);
    if ('meanwhile' in outcome) return outcome;
    file.write(given.body);
    await parts.apply();
    return { kept: { version: outcome.kept.n } };
  }

  return {
    page(viewer) {
      let fault = '';
      let body = NOTHING;
      try {
        body = read(file.read());
      } catch (cause) {
        fault = cause instanceof Error ? cause.message : String(cause);
      }
      return {
        now: new Date(clock.now()).toISOString(),
        drill: parts.drill,
        mayEdit: viewer.roles.includes('editor') && fault === '',
        ...{ file: file.name, changedElsewhere: setting.changedElsewhere, last: setting.last, fault },
        body: bodyOf(body),
        weights: pool.weights,
        calibrated: pool.calibration !== null,
        versions: setting.versions(),
      };
    },
    async try({ text, draft }): Promise<TaxonomyTried> {
      const faults = draft === undefined ? [] : faultsOfOwnWords(draft);
      const [now] = text === undefined ? [] : await pool.understand([sentencePost(text, clock.now())]);
      const before = now === undefined ? null : judgedRow(now);
      const empty = { before, after: null, failing: [], dropsCalibration: false };
      if (draft === undefined || faults.length > 0) return { ...empty, faults: [...faults] };
      const tried = await trial(writeTaxonomy(draft), text ?? null);
      if ('fault' in tried) return { ...empty, faults: [tried.fault] };
      return {
        ...{ before, faults: [], failing: [...tried.failing] },
        after: tried.judged === null ? null : judgedRow(tried.judged),
        dropsCalibration: pool.calibration !== null && tried.weights !== pool.weights,
      };
    },
    async save(viewer, { seen, draft, why }) {
      const [fault] = faultsOfOwnWords(draft);
      return fault === undefined ? put(viewer, { seen, why, body: writeTaxonomy(draft) }) : { refused: fault };
    },
    async restore(viewer, { seen, version, why }) {
      const found = setting.get(version);
      if (found === undefined) return { refused: `没有第${version}版` };
      return put(viewer, { seen, why, body: found.body, restores: version });
    },
  };
}

const caseLine = ({ text, duty, need, lifeAtRisk }: OwnCase): string =>
  [
    `用例“${text}”`,
    ...(duty === undefined ? [] : [duty.join('、') || '无主管']),
    ...(need === undefined ? [] : [need ?? '无诉求']),
    ...(lifeAtRisk === undefined ? [] : [lifeAtRisk ? '涉及人身安全' : '不涉及人身安全']),
  ].join(' ');

const bodyOf = ({ about, words, cases }: OwnWords): OwnWordsBody => ({
  ...(about === undefined ? {} : { about }),
  words: words.map((word) => ({ ...word })),
  cases: cases.map(({ duty, ...rest }) => ({ ...rest, ...(duty === undefined ? {} : { duty: [...duty] }) })),
});

const judgedRow = ({ need, duty, rumor, because }: Understanding): JudgedRow => ({
  need: need.kind,
  needScore: need.score,
  urgent: need.urgent,
  lifeAtRisk: need.lifeAtRisk,
  duty: [...duty],
  rumor: rumor.score,
  needsCheck: rumor.needsCheck,
  because: because.map((reason) => ({ ...reason })),
});
