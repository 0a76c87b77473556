import { describe } from 'vitest';

/**
 * A group of tests that needs more than Node. `missing` says what this machine lacks and how to get it, or is undefined
 * where everything is there. test/run.js repeats the reason, and fails with CI=true.
 */
export function describeLane(name: string, missing: string | undefined, body: () => void): void {
  if (missing === undefined) describe(name, body);
  else describe.skip(`${name}: skipped, ${missing}`, body);
}
