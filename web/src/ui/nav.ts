/** The pages of the desk, in the order of the bar; those of one group share the second row. Addresses are those of pages.ts. */
export interface NavEntry {
  readonly path: string;
  readonly name: string;
  readonly group?: string;
}

export const NAV: readonly NavEntry[] = [
  { path: 'wall', name: '值守墙' },
  { path: 'report', name: '周报' },
  { path: 'sources', name: '数据源' },
];
