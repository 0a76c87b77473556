import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Calibration } from '../../../pipelines/ports/calibration.ts';
import { sha256Of } from './model-files.ts';

export const CALIBRATION_FILE = 'calibration.json';

const strict = { additionalProperties: false } as const;
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Score = Type.Union([
  Type.Object(
    {
      slope: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
      shift: Type.Number({ minimum: -100, maximum: 100 }),
      threshold: Share,
      n: Type.Integer({ minimum: 1 }),
    },
    strict,
  ),
  Type.Null(),
]);
const CalibrationFile = Type.Object(
  {
    format: Type.Literal(1),
    madeAt: Type.String(),
    weights: Type.String({ pattern: '^[0-9a-f]{12}$' }),
    precision: Share,
    rumor: Type.Object({ known: Score, unknown: Score }, strict),
    need: Type.Union([
      Type.Object({ lean: Type.Number({ minimum: -10, maximum: 10 }), n: Type.Integer({ minimum: 1 }) }, strict),
      Type.Null(),
    ]),
  },
  strict,
);
export type CalibrationFile = Static<typeof CalibrationFile>;
const checked = Compile(CalibrationFile);

const REMEDY = 'run npm run calibrate again, or move the file away to go on as released';

/**
 * The office's calibration for these weights. One that was made for other weights is not used: `note` says so.
 * @throws Error in one sentence with the remedy, where the file can't be read or is not valid
 */
export function loadCalibration(path: string, weights: string): { calibration?: Calibration; note?: string } {
  if (!existsSync(path)) return {};
  const bytes = readFileSync(path);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new Error(`The calibration ${path} is not JSON: ${REMEDY}.`, { cause });
  }
  if (!checked.Check(value)) {
    const where = checked.Errors(value)[0];
    throw new Error(
      `The calibration ${path} is not valid at ${where?.instancePath || '/'} (${where?.message ?? 'unknown'}): ${REMEDY}.`,
    );
  }
  if (value.weights !== weights)
    return {
      note: `校准文件 ${path} 是为模型 ${value.weights} 做的，现用模型是 ${weights}，未采用；请重新运行 npm run calibrate`,
    };
  const { precision, rumor, need } = value;
  return { calibration: { version: sha256Of(bytes).slice(0, 8), weights, precision, rumor, need } };
}

/** Written beside and renamed, so that a reader never sees half a file. */
export function saveCalibration(path: string, file: CalibrationFile): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  writeFileSync(beside, `${JSON.stringify(file, null, 2)}\n`);
  renameSync(beside, path);
}
