import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import { checkMatrix, type CheckedMatrix } from '../pipelines/5-respond/check-matrix.ts';
import { measureSuggestions } from '../pipelines/5-respond/measure-suggestions.ts';
import type { Account } from '../pipelines/domain/account.ts';
import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { MatrixChange, MatrixPut } from '../pipelines/domain/matrix-change.ts';
import { seesIncident, seesRegion, type Viewer } from '../pipelines/domain/person.ts';
import { contains, isRegionCode, type RegionCode } from '../pipelines/domain/region.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { readAccount } from './adapters/accounts/read-account.ts';
import { derivedId } from './adapters/accounts/read-account-table.ts';
import { headingOf, type Column } from './adapters/accounts/account-columns.ts';
import type { AccountInput, ImportAnswer, MatrixPage } from './contract/matrix.ts';
import { exportCsv, exportJson } from './export-matrix.ts';
import { MatrixDesk, type ImportOutcome, type MatrixOutcome } from './matrix-desk.ts';
import { listExamples, readExample } from './matrix-examples.ts';
import type { MatrixOffice } from './matrix-office.ts';
import { accountRow, changeRow, findingRow } from './matrix-rows.ts';
import type { ImportPlan } from './plan-import.ts';
import type { ReadRows } from './adapters/accounts/read-account-table.ts';
import type { MatrixRefusal, MatrixServices } from './services/matrix.ts';
import { suggestionRow, type Names } from './views.ts';

export interface MatrixParts {
  readonly office: MatrixOffice;
  readonly clock: Clock;
  readonly regions: RegionNames;
  readonly home: RegionCode;
  readonly desk: Pick<DeskStore, 'incident'>;
  readonly drill: boolean;
  /** Every event of every file, oldest first; left out where files are not kept. */
  readonly events?: () => Iterable<CaseEvent>;
}

const RECENT = 8;
const LOOKED_AT = 400;

/** What the edges may ask of the matrix, each answer cut to who asks. */
export function buildMatrixServices(parts: MatrixParts): MatrixServices {
  const { office, clock, regions, home, desk } = parts;
  const { store, now } = office;
  const editing = new MatrixDesk({ office, clock, regions, home });
  const names: Names = { regions, account: (id) => now.account(id) };
  const examples = listExamples();

  const editorOf = ({ name, scope }: Viewer) => ({ name, scope });

  const accounts = (viewer: Viewer, at?: number): readonly Account[] =>
    (at === undefined ? now.accounts : store.accounts(at)).filter((account) => seesAccount(viewer, account));

  /** The judgement of what the asker sees: of a county, as that county's own. */
  const checked = (viewer: Viewer): CheckedMatrix => {
    const { regions: own } = viewer.scope;
    if (own === 'all') return now.checked;
    const each = own.map((code) => checkMatrix(accounts(viewer), { names: regions, home: code }));
    const seen = new Set<string>();
    return {
      findings: each.flatMap(({ findings }) => findings).filter(({ says }) => !seen.has(says) && seen.add(says)),
      coverage: each[0]?.coverage ?? [],
    };
  };

  const rowsOf = (viewer: Viewer, list: readonly Account[]) =>
    list.map((account) =>
      accountRow(account, {
        names,
        now: clock.now(),
        mine: mayEdit(viewer) && isMine(viewer, account),
        contact: seesContact(viewer),
      }),
    );

  const sawOf = (viewer: Viewer, changes: readonly MatrixChange[]) =>
    changes.filter(({ was, now: is }) => [was, is].every((one) => one === null || seesAccount(viewer, one)));

  const refusalOf = (viewer: Viewer, outcome: Exclude<MatrixOutcome, { kept: unknown }>): MatrixRefusal =>
    'meanwhile' in outcome
      ? { meanwhile: sawOf(viewer, outcome.meanwhile).map((change) => changeRow(change, names, seesContact(viewer))) }
      : { refused: outcome.refused };

  const planRows = (plan: ImportPlan, viewer: Viewer, batch: number | null): ImportAnswer => ({
    taken: batch !== null,
    batch,
    rows: plan.rows,
    same: plan.same,
    added: plan.added.map(({ id, name, region }) => ({ id, name, regionName: regions.regionName(region) || region })),
    changed: plan.changed.map(({ now: { id, name }, fields }) => ({ id, name, fields: [...fields] })),
    absent: plan.absent.filter((account) => isMine(viewer, account)).map(({ id, name }) => ({ id, name })),
    rejected: plan.rejected.map((row) => ({ ...row })),
    ignored: [...plan.ignored],
    holes: plan.holes.map(findingRow),
  });

  /** Rows beyond the editor's regions are refused as rows, so that nothing of the accounts there shows. */
  const within = (read: ReadRows, viewer: Viewer): ReadRows => {
    const rejected = [...read.rejected];
    const rows = read.rows.filter(({ row, account }) => {
      const held = now.matrix.byId.get(account.id);
      if (isMine(viewer, account) && (held === undefined || isMine(viewer, held))) return true;
      rejected.push({ row, column: '属地', because: `${account.name}不在您管的地方之内` });
      return false;
    });
    return { ...read, rows, rejected };
  };

  const taken = (outcome: ImportOutcome, plan: ImportPlan, viewer: Viewer): ImportAnswer | MatrixRefusal => {
    if ('rejected' in outcome) return planRows(outcome.rejected, viewer, null);
    if (!('kept' in outcome)) return refusalOf(viewer, outcome);
    return planRows(plan, viewer, outcome.kept[0]?.batch ?? store.last());
  };

  const putOf = (input: AccountInput): MatrixPut | { readonly refused: string } => {
    const named = isRegionCode(input.region) ? [input.region] : editing.context().regionsNamed(input.region);
    if (named.length > 1)
      return {
        refused: `“${input.region}”有${named.length}处：${named
          .slice(0, 4)
          .map((code) => regions.regionName(code))
          .join('、')}，请写区划代码或全称`,
      };
    const region = named[0] ?? input.region;
    const wrong: string[] = [];
    const id = input.id?.trim() ?? '';
    const row = { ...input, region, id: id === '' ? derivedId(input.name.trim(), input.unit.trim(), region) : id };
    const put = readAccount(row, (field, why) => wrong.push(`${headingOf(field as Column)}：${why}`));
    if (put === undefined) return { refused: wrong.join('；') };
    if (id === '' && now.matrix.byId.has(put.id)) return { refused: `${put.name}已经有了（同名、同单位、同属地）` };
    return { put };
  };

  const page = (viewer: Viewer, at?: number): MatrixPage => {
    const { findings, coverage } = checked(viewer);
    return {
      now: new Date(clock.now()).toISOString(),
      drill: parts.drill,
      last: store.last(),
      home: { code: home, name: regions.regionName(home) },
      mayEdit: mayEdit(viewer),
      mayReplace: mayEdit(viewer) && viewer.scope.regions === 'all',
      accounts: rowsOf(viewer, accounts(viewer, at)),
      findings: findings.map(findingRow),
      coverage: coverage.map((row) => ({ ...row })),
      // It names a file of this machine, and only who may import can do something about it.
      notice: (mayEdit(viewer) ? office.notice : undefined) ?? null,
      recent: recentBatches(sawOf(viewer, store.changes({ limit: LOOKED_AT })))
        .slice(0, RECENT)
        .map((row) => ({ ...row, count: sawOf(viewer, store.batch(row.batch)).length })),
      examples: [...examples],
    };
  };

  return {
    page,
    history: (viewer, id) =>
      sawOf(viewer, store.history(id)).map((change) => changeRow(change, names, seesContact(viewer))),
    change(viewer, { put = [], retire = [], why, seen, preview }) {
      const changes: MatrixPut[] = retire.map((id) => ({ retire: id }));
      for (const input of put) {
        const read = putOf(input);
        if ('refused' in read) return read;
        changes.push(read);
      }
      if (changes.length === 0) return { refused: '没有要改的账号' };
      const { come, go } = editing.preview(changes);
      const seenBy = viewer.scope.regions === 'all' ? { come, go } : { come: [], go: [] };
      const told = { come: seenBy.come.map(findingRow), go: seenBy.go.map(findingRow) };
      if (preview === true) return { last: store.last(), kept: [], ...told };
      if (why === undefined) return { refused: '请写明为什么改' };
      const outcome = editing.change(editorOf(viewer), changes, why, seen);
      if (!('kept' in outcome)) return refusalOf(viewer, outcome);
      return {
        last: store.last(),
        kept: outcome.kept.map((change) => changeRow(change, names, seesContact(viewer))),
        ...told,
      };
    },
    undo(viewer, batch) {
      const outcome = editing.undo(editorOf(viewer), batch);
      if (!('kept' in outcome)) return refusalOf(viewer, outcome);
      const kept = outcome.kept.map((change) => changeRow(change, names, seesContact(viewer)));
      return { last: store.last(), kept, come: [], go: [] };
    },
    async import(viewer, { bytes, name, why, retireAbsent, preview }) {
      const plan = editing.plan(
        within(await editing.read(bytes, name), viewer),
        retireAbsent && viewer.scope.regions === 'all',
      );
      if (preview) return planRows(plan, viewer, null);
      return taken(editing.import(editorOf(viewer), plan, why ?? `导入${name}`), plan, viewer);
    },
    async startFrom(viewer, { example, preview, why }) {
      const found = readExample(example);
      if (found === undefined) return { refused: `没有样例“${example}”` };
      if (viewer.scope.regions !== 'all') return { refused: '换掉整个矩阵，要能看全部地方的编辑来做' };
      const plan = editing.plan(await editing.read(found.bytes, found.name), true);
      if (preview === true) return planRows(plan, viewer, null);
      return taken(editing.import(editorOf(viewer), plan, why ?? `从样例开始：${found.name}`), plan, viewer);
    },
    export(viewer, format) {
      const list = accounts(viewer).map(({ contact, ...account }) =>
        seesContact(viewer) && contact !== undefined ? { ...account, contact } : account,
      );
      return format === 'csv' ? exportCsv(list) : exportJson(list, `${regions.regionName(home)}的矩阵`);
    },
    try(viewer, { region: said, at, ...ask }) {
      const found =
        said === null || said === '' ? [] : isRegionCode(said) ? [said] : editing.context().regionsNamed(said);
      if (said !== null && said !== '' && found.length !== 1)
        return {
          refused:
            found.length === 0
              ? `找不到“${said}”，请写区划代码或全称`
              : `“${said}”有${found.length}处，请写区划代码或全称`,
        };
      const region = found[0] ?? null;
      if (!seesRegion(viewer.scope, region)) return { refused: '这个地方不在您看得到的范围之内' };
      const time = at === undefined ? clock.now() : Date.parse(at);
      const asked = { urgent: false, ...ask, id: 'try', region, at: time };
      const suggestion = suggestTier(asked, now.matrix, { regionName: (code) => regions.regionName(code) });
      return suggestionRow(suggestion, time, names);
    },
    accuracy(viewer) {
      const incident = (id: IncidentId) => desk.incident(id);
      const seen = function* (): Generator<CaseEvent> {
        for (const event of parts.events?.() ?? []) {
          const about = incident(event.incident);
          if (about !== undefined && seesIncident(viewer.scope, about)) yield event;
        }
      };
      const nameOf = (id: string): string => now.account(id)?.name ?? id;
      const measured = measureSuggestions(seen(), incident, (id) => now.account(id)?.tier);
      return {
        ...measured,
        byKind: [...measured.byKind],
        byTier: [...measured.byTier],
        overrides: measured.overrides.map(({ at, suggested, chosen, ...rest }) => ({
          ...rest,
          at: new Date(at).toISOString(),
          suggested: suggested === null ? null : nameOf(suggested),
          chosen: nameOf(chosen),
        })),
      };
    },
  };
}

/** Accounts of one's own regions and those above them, which relay and take over; never a neighbour's. */
const seesAccount = ({ scope: { regions } }: Viewer, { region, tier }: Account): boolean =>
  regions === 'all' || tier === 'nation' || regions.some((own) => contains(own, region) || contains(region, own));

const isMine = ({ scope }: Viewer, { region, tier }: Account): boolean =>
  scope.regions === 'all' || (tier !== 'nation' && seesRegion(scope, region));

const mayEdit = ({ roles }: Viewer): boolean => roles.includes('editor');
/** Who hands cases over, judges them or keeps the directory; a wall screen does not. */
const seesContact = ({ roles }: Viewer): boolean =>
  roles.some((role) => role === 'responder' || role === 'analyst' || role === 'editor');

function recentBatches(changes: readonly MatrixChange[]): MatrixPage['recent'] {
  const newest = new Map<string, number>();
  for (const { account, n } of changes) if (!newest.has(account)) newest.set(account, n);
  const batches = new Map<number, MatrixChange[]>();
  for (const change of changes) {
    const held = batches.get(change.batch);
    if (held === undefined) batches.set(change.batch, [change]);
    else held.push(change);
  }
  return [...batches].map(([batch, list]) => ({
    batch,
    at: new Date(list[0]!.at).toISOString(),
    by: list[0]!.by,
    why: list[0]!.why,
    accounts: list.slice(0, 6).map(({ now, was, account }) => (now ?? was)?.name ?? account),
    count: list.length,
    // The first of all made the matrix: taking it back would leave none.
    undoable: batch > 1 && list.every(({ account, n }) => newest.get(account) === n),
  }));
}
