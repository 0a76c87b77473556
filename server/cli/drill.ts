import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { foldCase } from '../../pipelines/5-respond/fold-case.ts';
import { openCases } from '../adapters/cases/sqlite-cases.ts';
import { openDesk } from '../adapters/desk/sqlite-desk.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { FALLBACK_HOME, readConfig, type Config } from '../config.ts';
import { loadRegionNames } from '../load-gazetteer.ts';
import { matrixFile, openMatrixOffice } from '../matrix-office.ts';
import { officeFiles } from '../office-files.ts';
import { openPostStore } from '../open-store.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { pastPosts } from '../past-drill.ts';
import { EXIT, type Streams } from './lines.ts';
import { run, type Drill } from './serve.ts';

const EVIDENCE = 10_000;

/** `wenbida drill INCIDENT`: a past incident of this office, played like a drill. Reads the office's folder, beside a running server too. */
export async function drillCommand(
  incident: string,
  flags: { readonly port?: string; readonly speed?: string },
  streams: Streams,
): Promise<number> {
  const config = readConfig(process.env, { port: flags.port ?? '0', speed: flags.speed });
  const read = await pastDrill(config, incident);
  if (typeof read === 'string') {
    streams.stderr.write(`wenbida: ${read}\n`);
    return EXIT.usage;
  }
  streams.stderr.write(`重放“${read.title}”：之前${read.earlier.length}帖，当时${read.during.length}帖\n`);
  return run(config, read, streams);
}

/** The drill, or in one sentence why it is none. @throws StoreUnavailable */
export async function pastDrill(config: Config, id: string): Promise<Drill | string> {
  const file = join(config.varDir, 'desk.sqlite');
  if (!existsSync(file)) return `数据文件夹 ${config.varDir} 里还没有事件；请用 WENBIDA_VAR 指明本单位的文件夹`;
  const desk = openDesk(file);
  try {
    const incident = desk.incident(id as IncidentId);
    if (incident === undefined) return `没有编号为“${id}”的事件；编号在事件页的地址里`;
    if (incident.state === 'merged') return `“${incident.title}”已并入另一件，请重放那一件：${incident.into ?? ''}`;
    if (incident.state === 'open' && !isClosed(config, incident.id))
      return `“${incident.title}”还没有平息也没有办结，正在办的事不能拿来演练`;
    const files = officeFiles(config);
    const { stamp } = await openUnderstanding(files);
    const store = await openPostStore(config);
    try {
      await store.open(stamp);
      const past = await pastPosts(incident, desk.earliestEvidence(incident.id, EVIDENCE), store);
      if (past === undefined) return `“${incident.title}”的帖文已过保存期，没有可重放的了`;
      return {
        title: incident.title,
        past: new Date(incident.firstPostAt).toISOString(),
        home: config.home ?? FALLBACK_HOME,
        ...{ from: past.from, until: past.until },
        earlier: past.posts.filter(({ at }) => at < past.from).map(({ value }) => value),
        during: past.posts.filter(({ at }) => at >= past.from),
        ...officeOf(config, files),
      };
    } catch (error) {
      if (error instanceof RangeError) return error.message;
      throw error;
    } finally {
      await store.close();
    }
  } finally {
    desk.close();
  }
}

function isClosed({ varDir }: Config, id: IncidentId): boolean {
  const cases = openCases(join(varDir, 'cases.sqlite'), systemClock);
  try {
    return foldCase(cases.events(id))?.status === 'closed';
  } finally {
    cases.close();
  }
}

/** The matrix as it is in force today; where the office has none of its own yet, the drill begins with the one it would begin with. */
function officeOf(config: Config, files: ReturnType<typeof officeFiles>): Pick<Drill, 'office'> {
  if (!existsSync(matrixFile(config))) return {};
  const office = openMatrixOffice({
    ...{ config, clock: systemClock, seed: false, log: { warn: () => undefined } },
    regions: loadRegionNames(),
    home: regionCode(config.home ?? FALLBACK_HOME),
  });
  try {
    const { places, taxonomy } = files;
    return {
      office: {
        accounts: office.now.accounts,
        ...(places === undefined ? {} : { places }),
        ...(taxonomy === undefined ? {} : { taxonomy }),
      },
    };
  } finally {
    office.close();
  }
}
