import { judgeFor, type Weights } from '../pipelines/2-understand/classify.ts';
import type { OwnCase } from '../pipelines/domain/own-words.ts';
import type { Taxonomy } from './adapters/models/read-taxonomy.ts';

const SHOWN = 20;

/** What one case asks and is not answered, as a sentence; null where it is right. */
function failing(weights: Weights, { text, duty, need, lifeAtRisk }: OwnCase): string | null {
  const found = judgeFor(weights).judge({ text });
  const wrong: string[] = [];
  if (
    duty !== undefined &&
    (duty.length === 0 ? found.duty.length > 0 : !duty.every((each) => found.duty.includes(each)))
  )
    wrong.push(`主管应为${duty.join('、') || '无'}，实为${found.duty.join('、') || '无'}`);
  if (need !== undefined && found.need.kind !== need)
    wrong.push(`诉求应为${need ?? '无'}，实为${found.need.kind ?? '无'}`);
  if (lifeAtRisk !== undefined && found.need.lifeAtRisk !== lifeAtRisk)
    wrong.push(lifeAtRisk ? '应为涉及人身安全' : '不应为涉及人身安全');
  return wrong.length === 0 ? null : `“${text}”：${wrong.join('；')}`;
}

/** What does not hold, one sentence a case. */
export const failingCases = (weights: Weights, cases: readonly OwnCase[]): string[] =>
  cases.flatMap((each) => failing(weights, each) ?? []);

/** How many cases an office's taxonomy holds, once all are right. @throws Error naming each that is not. */
export function checkTaxonomy(weights: Weights, { file, words, cases }: Taxonomy): string {
  const wrong = failingCases(weights, cases);
  if (wrong.length > 0)
    throw new Error(`${file} 的 ${cases.length} 个用例中 ${wrong.length} 个不符：${wrong.slice(0, SHOWN).join('。')}`);
  return `${file}，自定词 ${words.length} 个，用例 ${cases.length} 个全部相符`;
}
