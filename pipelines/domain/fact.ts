/** What an official text states that another can state differently. */
export const FACT_KINDS = ['number', 'time', 'place', 'name'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export const FACT_KIND_NAMES: Readonly<Record<FactKind, string>> = {
  number: '数字',
  time: '时间',
  place: '地点',
  name: '名称',
};

/** UTF-16 offsets, start ≤ i < end. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
