import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../pipelines/domain/account.ts';
import type { Scope, Viewer } from '../../pipelines/domain/person.ts';
import { EVERYTHING, type Role } from '../../pipelines/domain/person.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { exportJson } from '../../server/export-matrix.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { openMatrixOffice } from '../../server/matrix-office.ts';
import { buildMatrixServices, type MatrixParts } from '../../server/matrix-services.ts';
import { anAccount } from './accounts.ts';

const regions = loadRegionNames();
export const NOON = Date.parse('2026-11-20T12:00:00+08:00');

/** A city with two counties, one of them with a station: small enough to know by heart. */
export const CITY: readonly Account[] = [
  anAccount({ id: 'ly', name: '洛阳发布', tier: 'city', region: '410300', duties: ['综合', '督办'] }),
  anAccount({ id: 'ly-police', name: '洛阳公安', tier: 'city', region: '410300', parent: 'ly', contact: '0379-110' }),
  anAccount({
    id: 'ly-110',
    name: '洛阳110',
    tier: 'city',
    region: '410300',
    duties: ['紧急'],
    public: false,
    parent: 'ly-police',
  }),
  anAccount({ id: 'luolong', name: '洛龙公安', region: '410311', parent: 'ly-police', contact: '0379-120' }),
  anAccount({ id: 'xigong', name: '西工公安', region: '410303', parent: 'ly-police' }),
  anAccount({ id: 'kaiyuan', name: '开元路派出所', tier: 'town', region: '410311002', parent: 'luolong' }),
];

/** A real matrix in a folder of its own; time stands still unless moved. */
export function aMatrixOffice(more: Partial<MatrixParts> = {}, accounts: readonly Account[] = CITY) {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-office-'));
  const file = join(folder, 'accounts.json');
  writeFileSync(file, exportJson(accounts, '测试'));
  let at = NOON;
  const clock = { now: () => at };
  const home = regionCode('410300');
  const config = { varDir: join(folder, 'var'), accounts: file };
  const office = openMatrixOffice({ config, clock, regions, home, log: { warn: () => undefined } });
  const services = buildMatrixServices({
    ...{ office, clock, regions, home, drill: false, desk: { incident: () => undefined } },
    ...more,
  });
  return {
    office,
    services,
    /** Moves the clock on, ms. */
    later: (ms: number): void => void (at += ms),
    close(): void {
      office.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const aViewer = (roles: readonly Role[], region?: string): Viewer => {
  const scope: Scope = region === undefined ? EVERYTHING : { regions: [regionCode(region)], incidents: new Set() };
  return { id: 'p', name: '王编辑', roles, scope };
};
