import { dataFolder } from './data-folder.ts';
import { EVALUATIONS } from './evaluations.ts';
import type { Figure } from './figure.ts';

const HEADER = ['head', 'metric', 'value', '95 %', 'n', 'bar', 'goal', ''] as const;

/** Wide characters take two columns of a terminal. */
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

function shown(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);
}

function verdict({ value, bar, goal, lowerIsBetter }: Figure): string {
  const reaches = (line: number): boolean => (lowerIsBetter === true ? value <= line : value >= line);
  if (goal !== undefined && reaches(goal)) return 'goal reached';
  if (bar === undefined) return '';
  return reaches(bar) ? 'bar reached' : 'below bar';
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.head,
    figure.metric,
    shown(figure.value),
    figure.low === undefined ? '' : `${shown(figure.low)}–${shown(figure.high)}`,
    String(figure.n),
    shown(figure.bar),
    shown(figure.goal),
    verdict(figure),
  ]);
  const all = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => padded(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function evaluate(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !(name in EVALUATIONS));
  if (unknown !== undefined)
    throw new Error(`There is no evaluation "${unknown}". There are: ${Object.keys(EVALUATIONS).join(', ')}.`);
  const data = dataFolder();
  const figures: Figure[] = [];
  for (const name of names.length > 0 ? names : Object.keys(EVALUATIONS)) {
    process.stderr.write(`measuring ${name} …\n`);
    const run = EVALUATIONS[name];
    if (run !== undefined) figures.push(...(await run(data)));
  }
  process.stdout.write(`${table(figures)}\n`);
}

evaluate(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
