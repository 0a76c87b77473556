import type { AccountRow } from '../../../server/contract/matrix.ts';
import { tierRank } from '../../../pipelines/domain/tier.ts';

/** One account in the tree of 上级, as it stands on the screen. */
export interface TreeRow {
  readonly account: AccountRow;
  /** 1 for those nobody of the list stands above. */
  readonly level: number;
  readonly children: number;
  readonly open: boolean;
  /** The row of its parent, if it has one. */
  readonly under: string | undefined;
}

type Children = ReadonlyMap<string, readonly AccountRow[]>;

const ROOT = '';

/** By parent; whose parent is not in the list stands at the top. Highest tier first, then by name. */
export function childrenByParent(accounts: readonly AccountRow[]): Children {
  const known = new Set(accounts.map(({ id }) => id));
  const children = new Map<string, AccountRow[]>();
  for (const account of accounts) {
    const parent = account.parent !== undefined && known.has(account.parent) ? account.parent : ROOT;
    const held = children.get(parent);
    if (held === undefined) children.set(parent, [account]);
    else held.push(account);
  }
  for (const list of children.values())
    list.sort((a, b) => tierRank(b.tier) - tierRank(a.tier) || a.name.localeCompare(b.name, 'zh'));
  return children;
}

/** The rows that are to be seen, top down: the children of what is open. */
export function rowsOf(children: Children, opened: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (parent: string, level: number): void => {
    for (const account of children.get(parent) ?? []) {
      const below = children.get(account.id)?.length ?? 0;
      const open = below > 0 && opened.has(account.id);
      rows.push({ account, level, children: below, open, under: parent === ROOT ? undefined : parent });
      if (open) visit(account.id, level + 1);
    }
  };
  visit(ROOT, 1);
  return rows;
}

/** An account with all that stands under it: none of them can be its parent. */
export function withAllBelow(children: Children, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child.id);
  return found;
}

/** Where a key leads: another row, or another state of this one; undefined where it means nothing here. */
export function stepOf(
  rows: readonly TreeRow[],
  current: string,
  key: string,
): { readonly to: string } | { readonly toggle: string } | undefined {
  const at = rows.findIndex(({ account }) => account.id === current);
  const row = rows[at];
  if (row === undefined) return undefined;
  const to = (next: TreeRow | undefined): { readonly to: string } | undefined =>
    next === undefined ? undefined : { to: next.account.id };
  switch (key) {
    case 'ArrowDown':
      return to(rows[at + 1]);
    case 'ArrowUp':
      return to(rows[at - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      return row.children === 0 ? undefined : row.open ? to(rows[at + 1]) : { toggle: current };
    case 'ArrowLeft':
      return row.open ? { toggle: current } : row.under === undefined ? undefined : { to: row.under };
    default:
      return undefined;
  }
}
