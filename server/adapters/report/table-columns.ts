import type { Block } from '../../../pipelines/domain/report.ts';

type Table = Extract<Block, { kind: 'table' }>;

const SHORT = 9;

/** Columns of figures stand right, so that they can be compared, and so do short words after them, such as rates. The first names the row. */
export function figureColumns({ columns, rows }: Table): readonly boolean[] {
  const counted = columns.map((_, at) => at > 0 && rows.some((row) => typeof row[at]?.value === 'number'));
  const first = counted.indexOf(true);
  return counted.map(
    (is, at) => is || (first > 0 && at > first && rows.every((row) => (row[at]?.text.length ?? 0) <= SHORT)),
  );
}

/** Percent of the width, in order; undefined where the words decide. */
export function columnShares({ columns, widths }: Table): readonly number[] | undefined {
  if (widths === undefined) return undefined;
  const all = widths.reduce((sum, width) => sum + width, 0);
  return columns.map((_, at) => ((widths[at] ?? 0) / all) * 100);
}
