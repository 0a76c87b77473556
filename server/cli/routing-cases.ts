import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMatrix } from '../../pipelines/5-respond/matrix.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { readConfig, type Config } from '../config.ts';
import { loadRegionNames } from '../load-gazetteer.ts';
import { renderRoutingCases } from '../render-routing-cases.ts';
import { readRoutingCases, runRoutingCases, type JudgedGroup } from '../routing-cases.ts';
import { standingMatrix } from '../say-accounts.ts';
import { EXIT, type Streams } from './lines.ts';

/** An office's own cases, in its data folder. */
const ownCases = ({ varDir }: Config): string => join(varDir, 'routing-cases.json');

/** `wenbida routing-cases [FILE] [--render OUT]`. @returns 3 where a case is not answered as it should be */
export function routingCasesCommand(
  file: string | undefined,
  flags: { readonly render?: string },
  streams: Streams,
): number {
  const config = readConfig(process.env);
  const path = file ?? ownCases(config);
  const judged = judgeFile(path, config);
  if (flags.render !== undefined) writeFileSync(flags.render, renderRoutingCases(judged, loadRegionNames()));
  const rows = judged.flatMap(({ rows: these }) => these);
  const wrong = rows.filter((row) => row.wrong.length > 0);
  for (const { row, wrong: why } of wrong) streams.stderr.write(`不符：${row.why}。${why.join('；')}\n`);
  streams.stdout.write(`${JSON.stringify({ file: path, cases: rows.length, wrong: wrong.length })}\n`);
  return wrong.length > 0 ? EXIT.rejected : EXIT.ok;
}

/** One line for `wenbida check`. @throws Error naming every case that is not answered as it should be */
export function sayRoutingCases(config: Config): string {
  const path = ownCases(config);
  if (!existsSync(path)) return `没有本单位的答复用例；可写在 ${path}`;
  const rows = judgeFile(path, config).flatMap(({ rows: these }) => these);
  const wrong = rows.filter((row) => row.wrong.length > 0);
  if (wrong.length === 0) return `${rows.length} 个答复用例全部相符，${path}`;
  throw new Error(
    `${rows.length} 个答复用例有 ${wrong.length} 个不符（${path}）：${wrong.map(({ row, wrong: why }) => `${row.why}：${why.join('，')}`).join('；')}`,
  );
}

const judgeFile = (path: string, config: Config): readonly JudgedGroup[] => {
  const home = config.home === undefined ? undefined : regionCode(config.home);
  return runRoutingCases(readRoutingCases(path), {
    names: loadRegionNames(),
    own: () => buildMatrix(standingMatrix(config).accounts, home),
  });
};
