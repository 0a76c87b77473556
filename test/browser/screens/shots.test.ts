import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCREENS } from '../../../server/http/pages.ts';
import { packageRoot } from '../../../server/package-root.ts';
import { shotsOf } from './shots.ts';

const shots = shotsOf({ worked: 'i1' });

test('every page of the program has a picture for its review', () => {
  const shown = new Set(shots.map(({ path }) => path.split(/[?#]/u)[0]));
  expect(SCREENS.filter((screen) => screen !== '/' && !shown.has(screen))).toEqual([]);
});

test('and every picture has been taken: npm run screens', () => {
  expect(
    shots.filter(({ file }) => !existsSync(join(packageRoot(), 'docs', 'screens', file))).map(({ file }) => file),
  ).toEqual([]);
});
