import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { regionCode } from '../../pipelines/domain/region.ts';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import { AccountsError } from '../adapters/accounts/read-accounts.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { FALLBACK_HOME, readConfig } from '../config.ts';
import { exportCsv, exportJson } from '../export-matrix.ts';
import { loadRegionNames } from '../load-gazetteer.ts';
import { MatrixDesk } from '../matrix-desk.ts';
import { openMatrixOffice } from '../matrix-office.ts';
import type { ImportPlan } from '../plan-import.ts';
import { readMatrix, sayFinding } from '../read-matrix.ts';
import { standingMatrix } from '../say-accounts.ts';
import { sha256Of } from '../seed-matrix.ts';
import { EXIT, writeOut, type Streams } from './lines.ts';

export interface AccountsImportFlags {
  readonly preview?: boolean;
  readonly retireAbsent?: boolean;
  readonly who?: string;
  readonly why?: string;
}

/** `wenbida accounts import FILE`: all of it or nothing. @returns 3 where rows were rejected, and then nothing was taken */
export async function importAccounts(file: string, flags: AccountsImportFlags, streams: Streams): Promise<number> {
  const config = readConfig(process.env);
  const home = regionCode(config.home ?? FALLBACK_HOME);
  const regions = loadRegionNames();
  const bytes = bytesOf(file);
  const office = openMatrixOffice({
    ...{ config: { varDir: config.varDir }, clock: systemClock, regions, home },
    log: { warn: () => undefined },
    // The first matrix of an office is its own, not the drill's with its own laid over it.
    seed: false,
  });
  try {
    const desk = new MatrixDesk({ office, clock: systemClock, regions, home });
    const plan = desk.plan(await desk.read(bytes, file), flags.retireAbsent === true);
    for (const { row, column, because } of plan.rejected)
      streams.stderr.write(`第 ${row} 行的${column}未采用：${because}\n`);
    for (const heading of plan.ignored) streams.stderr.write(`不认识的列，略过：${heading}\n`);
    for (const finding of plan.holes) streams.stderr.write(`提醒：${sayFinding(finding)}\n`);
    const taken = flags.preview !== true && plan.rejected.length === 0;
    if (taken) {
      const origin = { file, sha256: sha256Of(file), at: systemClock.now() };
      const editor = { name: flags.who ?? '命令行', scope: EVERYTHING };
      const outcome = desk.import(editor, plan, flags.why ?? `导入${basename(file)}`, origin);
      if (!('kept' in outcome)) throw new AccountsError(`没有导入：${sayOutcome(outcome)}`);
    }
    streams.stdout.write(`${JSON.stringify({ file, taken, ...countsOf(plan, flags.retireAbsent === true) })}\n`);
    return plan.rejected.length > 0 ? EXIT.rejected : EXIT.ok;
  } finally {
    office.close();
  }
}

const sayOutcome = (outcome: object): string =>
  'refused' in outcome ? String(outcome.refused) : '刚有别人改了矩阵，请再来一次';

const countsOf = (plan: ImportPlan, retired: boolean): object => ({
  rows: plan.rows,
  added: plan.added.length,
  changed: plan.changed.length,
  same: plan.same,
  [retired ? 'retired' : 'absent']: plan.absent.length,
  rejected: plan.rejected.length,
});

/** `wenbida accounts export` */
export async function exportAccounts(flags: { readonly format: string }, streams: Streams): Promise<number> {
  if (flags.format !== 'csv' && flags.format !== 'json') {
    streams.stderr.write(`wenbida: --format 只能是 csv 或 json，不是“${flags.format}”\n`);
    return EXIT.usage;
  }
  const { accounts, from } = standingMatrix(readConfig(process.env));
  await writeOut(streams.stdout, flags.format === 'csv' ? exportCsv(accounts) : exportJson(accounts, `导出自${from}`));
  return EXIT.ok;
}

/** `wenbida accounts check [FILE]`: one finding a line, JSON. @returns 3 where there are holes, 1 where the file can't be used */
export function checkAccounts(file: string | undefined, streams: Streams): number {
  const config = readConfig(process.env);
  // A file is measured against the region its own accounts have in common.
  const { findings, accounts } = file === undefined ? standingMatrix(config) : readMatrix(file, loadRegionNames());
  for (const { severity, says, wrongly, mend, account } of findings)
    streams.stdout.write(`${JSON.stringify({ severity, account, says, wrongly, mend })}\n`);
  const holes = findings.filter(({ severity }) => severity !== 'hint').length;
  streams.stderr.write(`${accounts.length} 个账号，${holes} 处要补，${findings.length - holes} 处可以更好\n`);
  return holes > 0 ? EXIT.rejected : EXIT.ok;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new AccountsError(
      `矩阵账号文件 ${file} 读不了：${cause instanceof Error ? cause.message : String(cause)}；请检查路径`,
      { cause },
    );
  }
}
