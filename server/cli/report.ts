import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contains, isRegionCode, regionCode } from '../../pipelines/domain/region.ts';
import { sayTime } from '../../pipelines/domain/shanghai-time.ts';
import { weekOf } from '../../pipelines/domain/week.ts';
import { openCases } from '../adapters/cases/sqlite-cases.ts';
import { openDesk } from '../adapters/desk/sqlite-desk.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { FALLBACK_HOME, readConfig } from '../config.ts';
import { openFrontDoor } from '../front-door.ts';
import { loadRegionNames } from '../load-gazetteer.ts';
import { openMatrixOffice } from '../matrix-office.ts';
import { officeFiles } from '../office-files.ts';
import { foldFiles } from '../fold-files.ts';
import { openIncidentStore, openPostStore } from '../open-store.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { openReportArea } from '../report-area.ts';
import { searchPrecedents } from '../search-precedents.ts';
import { EXIT, type Streams } from './lines.ts';

export interface ReportFlags {
  readonly week?: string;
  readonly out: string;
  readonly format: string;
  readonly region?: string;
}

const FORMATS = ['html', 'docx', 'pdf', 'csv'] as const;

/** Makes a new version of a week's report and writes it to files, {"week","version","file"} a line. Works beside a running server. */
export async function reportCommand(flags: ReportFlags, streams: Streams): Promise<number> {
  const wanted = flags.format.split(',').map((format) => format.trim());
  const formats = FORMATS.filter((format) => wanted.includes(format));
  if (formats.length !== wanted.length) {
    streams.stderr.write(`--format 只能是 ${FORMATS.join('、')}，用逗号分开，不能是“${flags.format}”\n`);
    return EXIT.usage;
  }
  const config = readConfig(process.env);
  const home = regionCode(config.home ?? FALLBACK_HOME);
  const of = flags.region === undefined ? null : flags.region;
  if (of !== null && !(isRegionCode(of) && contains(home, of))) {
    streams.stderr.write(`--region 要是 ${home} 以内的行政区划代码，不能是“${of}”\n`);
    return EXIT.usage;
  }
  const { stamp, parts } = await openUnderstanding(officeFiles(config));
  const front = openFrontDoor(config.varDir, systemClock, config.retentionDays);
  const desk = openDesk(join(config.varDir, 'desk.sqlite'));
  const cases = openCases(join(config.varDir, 'cases.sqlite'), systemClock);
  const store = await openPostStore(config);
  const incidents = await openIncidentStore(config);
  const regions = loadRegionNames();
  const quiet = { info: () => undefined, warn: () => undefined };
  const office = openMatrixOffice({ config, regions, home, clock: systemClock, log: quiet });
  const area = openReportArea({
    ...{ config, store, desk, front },
    cases: foldFiles(cases),
    precedents: searchPrecedents({
      ...{ desk, cases, store: incidents, cut: parts.cut },
      account: (id) => office.now.account(id),
    }),
    clock: systemClock,
    names: { regions, account: (id) => office.now.account(id) },
    accounts: () => office.now.accounts,
    home,
    weights: () => parts.weights.version,
    ready: () => true,
    drill: false,
    log: quiet,
  });
  try {
    await store.open(stamp);
    await incidents.open(stamp, 'refuse');
    const week = flags.week ?? area.services.lastWeek();
    streams.stderr.write(`正在统计 ${week}\n`);
    const { version } = await area.services.make({ week, of }, '命令行');
    const since = await area.services.since(of);
    if (since === null || since >= weekOf(week).to)
      streams.stderr.write(
        `${week} 这一周还没有数据：${since === null ? '还没有收到过帖文' : `保存的帖文从${sayTime(since)}起`}\n`,
      );
    mkdirSync(flags.out, { recursive: true });
    for (const format of formats) {
      const file = join(flags.out, `wenbida-${week}${of === null ? '' : `-${of}`}.${format}`);
      writeFileSync(file, (await area.services.write({ week, of }, format, version))!);
      streams.stdout.write(`${JSON.stringify({ week, version, file })}\n`);
    }
    return EXIT.ok;
  } finally {
    await area.close();
    await incidents.close();
    await store.close();
    await front.close();
    office.close();
    cases.close();
    desk.close();
  }
}
