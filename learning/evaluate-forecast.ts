/** The next rung within six hours: is what it says true as often as it says, and better than always saying the base rate? */
import { TIER_NAMES } from '../pipelines/domain/tier.ts';
import { calibrationFigures } from './calibration.ts';
import type { Figure } from './figure.ts';
import { fitForecast } from './train-forecast.ts';

/**
 * Learnt on the first 70 % of the CED cascades by time, judged on the others; the bar of each Brier score is that of the base
 * rate, and whatever does not beat it is not shown.
 */
export function evaluateForecast(data: string): Promise<Figure[]> {
  const figures = fitForecast(data).flatMap(({ rung, model, rows }): Figure[] => {
    const what = `${rung} → ${model.to} within 6 h (${TIER_NAMES[model.to]}), ${model.beatsBase ? 'shown' : 'not shown'}`;
    const [error, score] = calibrationFigures(what, rows);
    const came = rows.filter(({ truth }) => truth).length;
    return [
      { ...error!, head: 'forecast' },
      { ...score!, head: 'forecast', bar: model.baseBrier },
      { head: 'forecast', metric: `share that climbed, ${what}`, value: came / rows.length, n: rows.length },
    ];
  });
  return Promise.resolve(figures);
}
