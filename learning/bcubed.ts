/** BCubed precision and recall (Bagga & Baldwin 1998) over the labelled rows; unlabelled rows count as wrong company. */
export interface Placed {
  readonly cluster: string;
  /** null: belongs to no known event. */
  readonly label: string | null;
}

export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Labelled rows. */
  readonly n: number;
}

/** All three are 0 where no row has a label. */
export function bcubed(rows: readonly Placed[]): BCubed {
  const inCluster = count(rows.map((row) => row.cluster));
  const inLabel = count(rows.filter((row) => row.label !== null).map((row) => String(row.label)));
  const inBoth = count(rows.filter((row) => row.label !== null).map(both));
  let precision = 0;
  let recall = 0;
  let n = 0;
  for (const row of rows) {
    if (row.label === null) continue;
    const together = inBoth.get(both(row)) ?? 0;
    precision += together / (inCluster.get(row.cluster) ?? 1);
    recall += together / (inLabel.get(row.label) ?? 1);
    n++;
  }
  if (n === 0) return { precision: 0, recall: 0, f1: 0, n };
  precision /= n;
  recall /= n;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall), n };
}

const both = (row: Placed): string => `${row.cluster}\u0000${String(row.label)}`;

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
