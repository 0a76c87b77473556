/**
 * Runs the tests and says last, in one line, how many passed, failed and were skipped: npm test [-- FILTER…]
 *
 * A lane is a group of tests that needs more than Node (Chromium; a JDK and Maven). What cannot run here is skipped with
 * its reason, which is repeated before the last line. With CI=true nothing may be skipped, so a lane cannot vanish unseen.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'wenbida-test-'));
const output = join(folder, 'results.json');
const say = (line) => process.stdout.write(`${line}\n`);

const run = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);

const report = readReport();
const tests = report.testResults.flatMap((file) => file.assertionResults.map((one) => ({ ...one, file: file.name })));
const passed = tests.filter(({ status }) => status === 'passed').length;
const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
let failed = tests.filter(({ status }) => status === 'failed').length;

say('');
for (const file of report.testResults) {
  // A file that could not even be loaded has no failed test of its own, but it is a failure.
  if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
    failed += 1;
    say(`FAILED  ${shown(file.name)}: ${firstLine(file.message) || 'could not be run'}`);
  }
}
for (const [group, count] of bySkippedGroup()) say(`SKIPPED ${group} (${count})`);
if (process.env.CI === 'true' && skipped.length > 0) {
  failed += 1;
  say('FAILED  CI=true: nothing may be skipped here; install what the lanes above need (see .ci/run)');
}
if (passed + failed === 0) {
  failed += 1;
  say('FAILED  no test was run');
}
if (run.status !== 0 && failed === 0) {
  failed += 1;
  say(`FAILED  the test runner itself ended with ${run.signal ?? `exit code ${run.status}`}; see above`);
}
process.exitCode = failed > 0 ? 1 : 0;
say(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);

function readReport() {
  try {
    return JSON.parse(readFileSync(output, 'utf8'));
  } catch (cause) {
    say(`the test runner left no results: ${cause.message}`);
    return { testResults: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The skipped tests by file and outermost group: a lane's group carries its reason in its name. */
function bySkippedGroup() {
  const groups = new Map();
  for (const { file, ancestorTitles, title } of skipped) {
    const group = `${shown(file)}: ${ancestorTitles.find((name) => name !== '') ?? title}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return groups;
}

function firstLine(text) {
  return (text ?? '').split('\n', 1)[0];
}

/** The path from the checkout, or the bare name of a file that is elsewhere. */
function shown(file) {
  const path = relative(root, file);
  return path.startsWith('..') ? basename(file) : path;
}
