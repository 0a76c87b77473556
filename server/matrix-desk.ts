import type { Account } from '../pipelines/domain/account.ts';
import type { Finding } from '../pipelines/domain/finding.ts';
import type { MatrixChange, MatrixPut } from '../pipelines/domain/matrix-change.ts';
import { seesRegion, type Scope } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { MatrixOrigin } from '../pipelines/ports/matrix-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import type { ReadRows, TableContext } from './adapters/accounts/read-account-table.ts';
import type { MatrixOffice } from './matrix-office.ts';
import { applied, planImport, type ImportPlan } from './plan-import.ts';
import { readImport } from './read-import.ts';
import { regionFinder } from './region-finder.ts';

/** Who changes the matrix, and what they may touch. */
export interface Editor {
  readonly name: string;
  readonly scope: Scope;
}

export type MatrixOutcome =
  | { readonly kept: readonly MatrixChange[] }
  /** Nothing was kept: somebody changed one of these accounts since `seen`. */
  | { readonly meanwhile: readonly MatrixChange[] }
  /** Nothing was kept, and why, in words. */
  | { readonly refused: string; readonly findings?: readonly Finding[] };

export type ImportOutcome = MatrixOutcome | { readonly rejected: ImportPlan };

interface DeskParts {
  readonly office: MatrixOffice;
  readonly clock: Clock;
  readonly regions: RegionNames;
  readonly home: RegionCode;
}

/** Changes of the matrix as people make them: judged first, then kept whole or not at all. */
export class MatrixDesk {
  readonly #parts: DeskParts;
  readonly #find: (name: string) => readonly RegionCode[];

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#find = regionFinder(parts.regions, parts.home);
  }

  get office(): MatrixOffice {
    return this.#parts.office;
  }

  /** @param seen the n of the newest change the editor has before them. */
  change(editor: Editor, changes: readonly MatrixPut[], why: string, seen: number): MatrixOutcome {
    const { store } = this.office;
    const touched = changes.map((change) => ('put' in change ? change.put.id : change.retire));
    const newer = touched.flatMap((id) => store.history(id).filter(({ n }) => n > seen));
    if (newer.length > 0) return { meanwhile: newer };
    return this.#keep(editor, this.#withOrphans(changes), why);
  }

  /** What would come of it: faults and holes that are not there now, and those that would go. Nothing is kept. */
  preview(changes: readonly MatrixPut[]): { readonly come: readonly Finding[]; readonly go: readonly Finding[] } {
    const { now } = this.office;
    const before = now.checked.findings;
    const after = now.check(applied(now.accounts, this.#withOrphans(changes))).findings;
    const not = (others: readonly Finding[]) => {
      const said = new Set(others.map(({ says }) => says));
      return ({ says }: Finding): boolean => !said.has(says);
    };
    return { come: after.filter(not(before)), go: before.filter(not(after)) };
  }

  /** Takes a whole batch back by further changes, where nothing has followed on its accounts. */
  undo(editor: Editor, batch: number): MatrixOutcome {
    const { store, now } = this.office;
    const done = store.batch(batch);
    if (batch === 1) return { refused: '最初的矩阵不能撤回；要换掉它，请导入，或从样例开始' };
    if (done.length === 0) return { refused: `没有第${batch}次改动` };
    const later = done.flatMap(({ account, n }) => store.history(account).filter((change) => change.n > n));
    if (later.length > 0) return { meanwhile: later };
    const changes = done.map(({ account, was }): MatrixPut => (was === null ? { retire: account } : { put: was }));
    return this.#keep(editor, changes, `撤回${done[0]?.by ?? ''}的改动（${done[0]?.why ?? ''}）`, now.last);
  }

  plan(read: ReadRows, retireAbsent: boolean): ImportPlan {
    return planImport(read, this.office.now, retireAbsent);
  }

  read(bytes: Uint8Array, name: string): Promise<ReadRows> {
    return readImport(bytes, name, this.context());
  }

  context(): TableContext {
    const { regions } = this.#parts;
    return {
      regionsNamed: this.#find,
      regionName: (code) => regions.regionName(code),
      accounts: this.office.now.accounts,
    };
  }

  /** All of the plan or nothing; `origin` where the file is now the one the matrix came from. */
  import(editor: Editor, plan: ImportPlan, why: string, origin?: MatrixOrigin): ImportOutcome {
    if (plan.rejected.length > 0) return { rejected: plan };
    return this.#keep(editor, plan.changes, why, this.office.now.last, origin);
  }

  /** Children of a retired account go to the next above it, so that their chain does not end in nothing. */
  #withOrphans(changes: readonly MatrixPut[]): readonly MatrixPut[] {
    const retired = new Set(changes.flatMap((change) => ('retire' in change ? [change.retire] : [])));
    if (retired.size === 0) return changes;
    const { matrix, accounts } = this.office.now;
    const put = new Set(changes.flatMap((change) => ('put' in change ? [change.put.id] : [])));
    const above = (id: string | undefined): string | undefined =>
      id !== undefined && retired.has(id) ? above(matrix.byId.get(id)?.parent) : id;
    const orphans = accounts.filter(
      ({ id, parent }) => parent !== undefined && retired.has(parent) && !retired.has(id) && !put.has(id),
    );
    return [
      ...changes,
      ...orphans.map(({ parent, ...child }): MatrixPut => {
        const next = above(parent);
        return { put: { ...child, ...(next === undefined ? {} : { parent: next }) } };
      }),
    ];
  }

  #keep(
    editor: Editor,
    changes: readonly MatrixPut[],
    why: string,
    expected = this.office.now.last,
    origin?: MatrixOrigin,
  ): MatrixOutcome {
    const { now, store } = this.office;
    const beyond = this.#beyondScope(editor.scope, changes);
    if (beyond !== undefined) return { refused: `${beyond}不在您管的地方之内，没有改` };
    const before = new Set(now.checked.findings.map(({ says }) => says));
    const faults = now
      .check(applied(now.accounts, changes))
      .findings.filter(({ severity, says }) => severity === 'fault' && !before.has(says));
    if (faults.length > 0)
      return { refused: faults.map(({ says, mend }) => `${says}；${mend}`).join('。'), findings: faults };
    return store.change(expected, { changes, at: this.#parts.clock.now(), by: editor.name, why }, origin);
  }

  /** The first account, as it is or as it would be, that lies outside what the editor may touch. */
  #beyondScope(scope: Scope, changes: readonly MatrixPut[]): string | undefined {
    const { matrix } = this.office.now;
    const may = ({ region, tier }: Account): boolean =>
      scope.regions === 'all' || (tier !== 'nation' && seesRegion(scope, region));
    for (const change of changes) {
      const was = matrix.byId.get('put' in change ? change.put.id : change.retire);
      if (was !== undefined && !may(was)) return was.name;
      if ('put' in change && !may(change.put)) return change.put.name;
    }
    return undefined;
  }
}
