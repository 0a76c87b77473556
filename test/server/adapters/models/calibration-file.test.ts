import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  loadCalibration,
  saveCalibration,
  type CalibrationFile,
} from '../../../../server/adapters/models/calibration-file.ts';

const WEIGHTS = '0123456789ab';
const file = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'calibration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'calibration.json');
};
const aFile = (seed: Partial<CalibrationFile> = {}): CalibrationFile => ({
  format: 1,
  madeAt: '2026-11-25T00:00:00.000Z',
  weights: WEIGHTS,
  precision: 0.8,
  rumor: { known: { slope: 1.1, shift: -0.4, threshold: 0.62, n: 120 }, unknown: null },
  need: null,
  ...seed,
});

test('none there: as released, and nothing to say', () => {
  expect(loadCalibration(file(), WEIGHTS)).toEqual({});
});

test('what was saved is loaded for its own weights, with a version that follows from it', () => {
  const path = file();
  saveCalibration(path, aFile());
  const { calibration, note } = loadCalibration(path, WEIGHTS);
  expect(note).toBeUndefined();
  expect(calibration).toMatchObject({ weights: WEIGHTS, precision: 0.8, rumor: { known: { threshold: 0.62 } } });
  expect(calibration?.version).toMatch(/^[0-9a-f]{8}$/);
  saveCalibration(path, aFile({ precision: 0.9 }));
  expect(loadCalibration(path, WEIGHTS).calibration?.version).not.toBe(calibration?.version);
});

test('one of another model is left out, in a sentence that says what to do', () => {
  const path = file();
  saveCalibration(path, aFile());
  const { calibration, note } = loadCalibration(path, 'ffffffffffff');
  expect(calibration).toBeUndefined();
  expect(note).toMatch(/0123456789ab.*ffffffffffff.*未采用.*npm run calibrate/);
});

test.each([
  ['{', /not JSON.*npm run calibrate/],
  ['null', /not valid.*npm run calibrate/],
  [JSON.stringify({ ...aFile(), format: 2 }), /not valid at \/format/],
  [JSON.stringify({ ...aFile(), more: 1 }), /not valid/],
  [
    JSON.stringify(aFile({ rumor: { known: { slope: -1, shift: 0, threshold: 0.5, n: 9 }, unknown: null } })),
    /not valid/,
  ],
  [JSON.stringify(aFile({ rumor: { known: { slope: 1, shift: 0, threshold: 7, n: 9 }, unknown: null } })), /not valid/],
  [JSON.stringify(aFile()).replace('1.1', '1e999'), /not valid/],
])('%s is refused with the place and the remedy', (content, says) => {
  const path = file();
  writeFileSync(path, content);
  expect(() => loadCalibration(path, WEIGHTS)).toThrow(says);
});
