import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  FIGURES_FILE,
  type PublishedFigure,
  type PublishedFigures,
} from '../server/adapters/models/published-figures.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { packageRoot } from '../server/package-root.ts';
import type { Figure } from './figure.ts';

/** What of an evaluation is shown on the page 模型, by head and metric, with its words; the rest is for who trains. */
const SHOWN: Readonly<Record<string, string>> = {
  'mood|macro-F1, 6 moods, EWECT virus': '六种情绪，疫情微博，宏平均F1',
  'mood|macro-F1, 6 moods, EWECT usual': '六种情绪，日常微博，宏平均F1',
  'sentiment|accuracy, weibo_senti without emoticons': '正负面，去掉表情的微博，正确率',
  'rumor|accuracy, CED by time, 0 min': '要不要核实，刚发出时，正确率',
  'rumor|accuracy, CED by time, 15 min': '要不要核实，15分钟后，正确率',
  'rumor|accuracy, CED by time, 1 h': '要不要核实，1小时后，正确率',
  'rumor|accuracy, CED by time, 24 h': '要不要核实，24小时后，正确率',
  'help|precision, held': '求助，留出的帖文，精确率',
  'help|recall, held': '求助，留出的帖文，召回率',
  'help|precision, held, weighed': '求助，留出的帖文，按真实占比折算的精确率',
  'help|recall, held, weighed': '求助，留出的帖文，按真实占比折算的召回率',
  'life|precision, held': '涉及人身安全，留出的帖文，精确率',
  'life|recall, held': '涉及人身安全，留出的帖文，召回率',
  'needs|kind right, posts, held': '诉求类别，留出的帖文，正确率',
  'duty|macro-F1, 7 classes of messages, 5 folds': '主管，七类留言，五折，宏平均F1',
  'place|right, fresh rows, half held out (not tuned on)': '属地判到区县，留出的帖文，正确率',
  'place|false alarms among rows with no place, fresh rows, half held out (not tuned on)':
    '没有地点的帖文误判出地点的比例',
  'forecast|Brier, town → county within 6 h (区县), shown': '6小时内升到区县的预计，布赖尔分',
  'forecast|Brier, county → city within 6 h (市), shown': '6小时内升到市的预计，布赖尔分',
};

/** Writes what people are shown beside the weights it was measured with. @param day such as 2026-11-28 */
export function publishFigures(figures: readonly Figure[], day: string): void {
  const shown = figures.flatMap(({ head, metric, value, n, low, high, bar, lowerIsBetter }): PublishedFigure[] => {
    const says = SHOWN[`${head}|${metric}`];
    if (says === undefined) return [];
    return [
      {
        ...{ head, says, value, n },
        ...(low === undefined ? {} : { low }),
        ...(high === undefined ? {} : { high }),
        ...(bar === undefined ? {} : { bar }),
        ...(lowerIsBetter === true ? { lowerIsBetter } : {}),
      },
    ];
  });
  const file: PublishedFigures = { format: 1, measuredOn: day, weights: loadWeights().version, figures: shown };
  writeFileSync(
    join(packageRoot(), 'pipelines/2-understand/models', FIGURES_FILE),
    `${JSON.stringify(file, null, 2)}\n`,
  );
}
