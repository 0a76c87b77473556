export const HOUR = 3_600_000;

/** Hours without a row are hours without a post: every hour from the first to the last, the most recent where they are too many. */
export function hourSlots<T extends { readonly at: string }>(
  rows: readonly T[],
  most = 72,
): { readonly at: number; readonly row: T | undefined }[] {
  const known = new Map(rows.map((row) => [Math.floor(Date.parse(row.at) / HOUR), row]));
  const hours = [...known.keys()];
  if (hours.length === 0) return [];
  const last = Math.max(...hours);
  const first = Math.max(Math.min(...hours), last - most + 1);
  return Array.from({ length: last - first + 1 }, (_, n) => ({ at: (first + n) * HOUR, row: known.get(first + n) }));
}
