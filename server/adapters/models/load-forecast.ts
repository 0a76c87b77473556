import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForecastModel } from '../../../pipelines/ports/forecast-model.ts';
import { packageRoot } from '../../package-root.ts';

export const FORECAST_FILE = 'pipelines/4-watch/models/forecast.json';

/**
 * The weights of the next rung's forecast, written by learning/train-forecast.ts.
 *
 * @throws Error naming the file and the remedy where it is absent or of another format
 */
export function loadForecast(file = join(packageRoot(), FORECAST_FILE)): ForecastModel {
  const remedy = 'take the released file again, or rebuild it with npm run train -- forecast';
  if (!existsSync(file)) throw new Error(`The forecast ${file} is absent: ${remedy}.`);
  const model = JSON.parse(readFileSync(file, 'utf8')) as ForecastModel;
  if ((model.format as number) !== 1)
    throw new Error(`The forecast ${file} is of format ${String(model.format)}, 1 is read here: ${remedy}.`);
  return model;
}
