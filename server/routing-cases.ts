import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import { buildMatrix, type Matrix } from '../pipelines/5-respond/matrix.ts';
import { isRegionCode } from '../pipelines/domain/region.ts';
import { ACT_NAMES, type AnswerCase, type Suggestion } from '../pipelines/domain/suggestion.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { readCase } from './cli/read-case.ts';
import { packageRoot } from './package-root.ts';
import { readMatrix } from './read-matrix.ts';

/** One case with the answer the rules should give; test/golden/README.md says what each field means. */
export interface RoutingRow {
  readonly why: string;
  readonly case: Readonly<Record<string, unknown>>;
  readonly first: string | null;
  readonly then?: readonly string[];
  readonly never?: readonly string[];
  readonly minutes?: number;
  readonly outside?: string;
  readonly says?: string;
}

export interface RoutingGroup {
  readonly group: string;
  /** An accounts file by its path from the package, or absolute; left out: the office's own matrix. */
  readonly accounts?: string;
  readonly home?: string;
  readonly cases: readonly RoutingRow[];
}

export interface JudgedRow {
  readonly row: RoutingRow;
  readonly theCase: AnswerCase;
  readonly suggestion: Suggestion;
  /** What is not as it should be, one sentence each; empty where all is. */
  readonly wrong: readonly string[];
}

export interface JudgedGroup {
  readonly group: string;
  readonly matrix: Matrix;
  readonly rows: readonly JudgedRow[];
}

export interface RoutingParts {
  readonly names: RegionNames;
  /** For groups that name no accounts file. */
  readonly own?: () => Matrix;
}

/** Reads a file of cases: groups, or cases alone, which are asked of the office's own matrix. @throws Error in one sentence */
export function readRoutingCases(file: string): readonly RoutingGroup[] {
  const fault = (why: string): Error => new Error(`答复用例 ${file} ${why}；格式见 docs/matrix.md`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw Object.assign(fault(`读不了：${cause instanceof Error ? cause.message : String(cause)}`), { cause });
  }
  if (!Array.isArray(parsed) || parsed.length === 0) throw fault('应是非空的数组');
  const list = parsed as readonly Partial<RoutingGroup & RoutingRow>[];
  const groups = list.every((one) => Array.isArray(one.cases))
    ? (list as readonly RoutingGroup[])
    : [{ group: '本单位的用例', cases: list as readonly RoutingRow[] }];
  for (const { group, cases } of groups)
    for (const [at, row] of cases.entries()) {
      const where = `“${group}”第 ${at + 1} 条`;
      if (typeof row.why !== 'string' || row.why === '') throw fault(`${where}缺少 why（为什么，一句话）`);
      if (row.first !== null && typeof row.first !== 'string')
        throw fault(`${where}缺少 first（由谁先答；无人可答写 null）`);
      for (const lines of [row.then, row.never])
        if (lines !== undefined && (!Array.isArray(lines) || lines.some((line) => typeof line !== 'string')))
          throw fault(`${where}的 then、never 应是“动作 账号”的数组`);
    }
  return groups;
}

/** Puts every case to the rules. @throws Error where a case itself, or the accounts file of a group, can't be read */
export function runRoutingCases(groups: readonly RoutingGroup[], { names, own }: RoutingParts): readonly JudgedGroup[] {
  return groups.map(({ group, accounts, home, cases }) => {
    const matrix = matrixOf(accounts, home, names, own);
    return { group, matrix, rows: cases.map((row) => judge(row, matrix, names)) };
  });
}

function matrixOf(
  accounts: string | undefined,
  home: string | undefined,
  names: RegionNames,
  own: (() => Matrix) | undefined,
): Matrix {
  if (home !== undefined && !isRegionCode(home)) throw new Error(`home “${home}”不是区划代码`);
  if (accounts !== undefined) return buildMatrix(readMatrix(join(packageRoot(), accounts), names).accounts, home);
  if (own === undefined) throw new Error('用例没有写 accounts，也没有本单位的矩阵可用');
  return own();
}

function judge(row: RoutingRow, matrix: Matrix, names: RegionNames): JudgedRow {
  const read = readCase({ id: row.why, ...row.case });
  if ('because' in read) throw new Error(`用例“${row.why}”本身不对：${read.because}`);
  const suggestion = suggestTier(read.theCase, matrix, { regionName: (code) => names.regionName(code) });
  return { row, theCase: read.theCase, suggestion, wrong: differences(row, suggestion, matrix) };
}

function differences(row: RoutingRow, suggestion: Suggestion, matrix: Matrix): readonly string[] {
  const wrong: string[] = [];
  const named = (id: string | null): string => (id === null ? '无人' : (matrix.byId.get(id)?.name ?? id));
  /** Cases of an office may say names instead of ids. */
  const idOf = (said: string): string => (matrix.byId.has(said) ? said : (matrix.byName.get(said)?.[0]?.id ?? said));
  const unknown = [
    row.first,
    ...[...(row.then ?? []), ...(row.never ?? [])].map((line) => line.slice(line.indexOf(' ') + 1)),
  ]
    .filter((said): said is string => said !== null)
    .filter((said) => !matrix.byId.has(idOf(said)));
  if (unknown.length > 0) return [`矩阵里没有账号${unknown.map((said) => `“${said}”`).join('、')}`];
  const lineOf = (line: string): string =>
    `${line.slice(0, line.indexOf(' '))} ${idOf(line.slice(line.indexOf(' ') + 1))}`;
  const said = suggestion.then.map(({ act, account }) => `${ACT_NAMES[act]} ${account}`);
  const first = row.first === null ? null : idOf(row.first);
  if (suggestion.first !== first) wrong.push(`应由${named(first)}先答，实为${named(suggestion.first)}`);
  if (suggestion.outside !== (row.outside ?? null))
    wrong.push(`应属${row.outside ?? '本地'}，实属${suggestion.outside ?? '本地'}`);
  const wanted = (row.then ?? []).map(lineOf);
  const inOrder = said.filter((line) => wanted.includes(line));
  if (inOrder.join() !== wanted.join())
    wrong.push(`随后应依次有：${wanted.join('、')}；实有：${inOrder.join('、') || '无'}`);
  const refused = (row.never ?? []).map(lineOf).filter((line) => said.includes(line));
  if (refused.length > 0) wrong.push(`不应有：${refused.join('、')}`);
  if (row.minutes !== undefined && suggestion.clock.minutes !== row.minutes)
    wrong.push(`时限应为${row.minutes}分钟，实为${suggestion.clock.minutes}分钟`);
  if (row.says !== undefined && !suggestion.because.join('\n').includes(row.says))
    wrong.push(`依据里应说到“${row.says}”`);
  return wrong;
}
