import { dataFolder } from './data-folder.ts';
import { EVALUATIONS } from './evaluations.ts';
import { publishFigures } from './publish-figures.ts';
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

/** How often scores came true, bin by bin. */
function reliabilityTable({ metric, bins = [] }: Figure): string {
  const rows = bins.map(({ from, n, said, came }) =>
    [`${from.toFixed(1)}–${(from + 0.1).toFixed(1)}`, String(n), shown(said ?? undefined), shown(came ?? undefined)]
      .map((cell, column) => padded(cell, [9, 6, 6, 6][column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`reliability, ${metric}: score, rows, mean score, share that came true`, ...rows].join('\n');
}

function printed(figures: readonly Figure[], asJson: boolean): string {
  if (asJson) return figures.map((figure) => JSON.stringify({ ...figure, verdict: verdict(figure) })).join('\n');
  const curves = figures.filter(({ bins }) => bins !== undefined).map(reliabilityTable);
  return [table(figures), ...curves].join('\n\n');
}

async function evaluate(args: readonly string[]): Promise<void> {
  const names = args.filter((name) => !name.startsWith('--'));
  const options = { sample: args.includes('--sample') };
  const unknown = names.find((name) => !(name in EVALUATIONS));
  if (unknown !== undefined)
    throw new Error(`There is no evaluation "${unknown}". There are: ${Object.keys(EVALUATIONS).join(', ')}.`);
  const data = dataFolder();
  const figures: Figure[] = [];
  for (const name of names.length > 0 ? names : Object.keys(EVALUATIONS)) {
    process.stderr.write(`measuring ${name} …\n`);
    const run = EVALUATIONS[name];
    if (run !== undefined) figures.push(...(await run(data, options)));
  }
  if (args.includes('--publish')) publishFigures(figures, new Date().toISOString().slice(0, 10));
  process.stdout.write(`${printed(figures, args.includes('--json'))}\n`);
}

evaluate(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
