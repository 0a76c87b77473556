import { seesRegion, type Scope, type Viewer } from '../pipelines/domain/person.ts';
import type { PlaceOf, Reason } from '../pipelines/domain/post.ts';
import { isRegionCode, type RegionCode } from '../pipelines/domain/region.ts';
import { editOwnPlaces, entriesOf, placeLine, type PlaceEntry } from '../pipelines/2-understand/edit-own-places.ts';
import type { KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import type { PlaceRead, PlacesTried } from './contract/settings.ts';
import { findRegions } from './find-regions.ts';
import type { RuleFile } from './rule-file.ts';
import { sentencePost } from './sentence-post.ts';
import type { SettingOutcome, SettingsServices } from './services/settings.ts';
import { missing, Setting } from './setting.ts';
import { DraftFault, type PlacesTrial, type Trials } from './trial.ts';
import type { UnderstandPool } from './understand-pool.ts';

export interface PlacesDeskParts {
  readonly book: SettingsBook;
  readonly clock: Clock;
  readonly file: RuleFile;
  /** The list that the index's words were cut with; there is one once the page has changed the list. */
  readonly indexed: RuleFile;
  readonly regions: KnownRegions;
  readonly home: RegionCode;
  readonly pool: UnderstandPool;
  readonly trials: Trials;
  readonly apply: () => Promise<void>;
  readonly drill: boolean;
}

interface Edit {
  readonly add?: readonly PlaceEntry[];
  readonly remove?: readonly string[];
}

const LONGEST = 30;

/** 地名: places that no list has. A name places posts at once; search cuts it as one word after the next reindexing. */
export function buildPlacesDesk(parts: PlacesDeskParts): SettingsServices['places'] {
  const { book, clock, file, indexed, regions, home, pool, trials } = parts;
  // What the tokeniser was opened with, whatever becomes of the file afterwards.
  const cutWith = indexed.read() ?? file.read() ?? '';
  const inIndex = new Set(entriesOf(cutWith).flatMap(({ name, wordy }) => (wordy ? [] : [name])));
  const linesOf = (body: string | null): string[] => entriesOf(body ?? '').map(placeLine);
  const setting = new Setting({
    ...{ book, clock, kind: 'places' as const, lines: linesOf },
    current: () => file.read(),
  });
  const seesLine =
    (scope: Scope) =>
    (line: string): boolean =>
      seesCode(scope, line.split(' ', 1)[0] ?? '');

  async function trial(
    draft: string,
    names: readonly string[],
    said: { readonly text: string; readonly tokens: readonly string[] } | null,
  ): Promise<PlacesTrial | { readonly fault: string }> {
    try {
      return await trials.ask<'places'>({ kind: 'places', draft, home, names, said });
    } catch (cause) {
      if (cause instanceof DraftFault) return { fault: cause.message };
      throw cause;
    }
  }

  /** What is wrong with an edit before anything is tried. */
  function faultsOf(scope: Scope, { add = [], remove = [] }: Edit, text: string): string[] {
    const entries = entriesOf(text);
    const staying = new Map(entries.filter(({ name }) => !remove.includes(name)).map((entry) => [entry.name, entry]));
    const gone = remove.flatMap((name) =>
      entries.some((entry) => entry.name === name && seesCode(scope, entry.code)) ? [] : [`没有“${name}”可移除`],
    );
    const wrong = add.flatMap(({ code, name }, at) => {
      if (!isRegionCode(code) || !regions.knows(code)) return [`没有代码为${code}的区划，请从搜索结果里选`];
      if (!seesRegion(scope, code)) return [`${regions.regionName(code)}不在您的属地内`];
      if (/[\s#?？]/u.test(name)) return [`“${name}”里不能有空白、#和问号`];
      if (name.length < 2 || name.length > LONGEST) return [`“${name}”要有2到${LONGEST}个字`];
      if (add.findIndex((other) => other.name === name) < at) return [`“${name}”写了两次`];
      const other = staying.get(name);
      if (other === undefined) return [];
      const where = seesCode(scope, other.code) ? `，属于${regions.regionName(other.code as RegionCode)}` : '';
      return [`“${name}”已在表里${where}，请留一处`];
    });
    return [...gone, ...wrong];
  }

  async function put(
    viewer: Viewer,
    given: { readonly seen: number; readonly why: string; readonly body: string | null; readonly restores?: number },
  ): Promise<SettingOutcome> {
    if (given.body === file.read()) return { refused: '没有改动，没有什么可保存' };
    const tried = await trial(given.body ?? '', [], null);
    if ('fault' in tried) return { refused: tried.fault };
    const outcome = setting.keep(viewer, given);
    if ('meanwhile' in outcome) return outcome;
    // First, so that a restart in between still cuts words as the index has them.
    if (indexed.read() === null) indexed.write(cutWith);
    file.write(given.body);
    await parts.apply();
    return { kept: { version: outcome.kept.n } };
  }

  return {
    page(viewer) {
      const text = file.read() ?? '';
      const places = entriesOf(text).filter(({ code }) => seesCode(viewer.scope, code));
      const rows = places.map((entry) => ({
        ...entry,
        regionName: isRegionCode(entry.code) ? regions.regionName(entry.code) : entry.code,
        indexed: entry.wordy || inIndex.has(entry.name),
      }));
      return {
        now: new Date(clock.now()).toISOString(),
        drill: parts.drill,
        mayEdit: viewer.roles.includes('editor'),
        ...{ file: file.name, changedElsewhere: setting.changedElsewhere, last: setting.last },
        places: rows,
        waiting: rows.filter((row) => !row.indexed).length,
        versions: setting.versions(seesLine(viewer.scope)),
      };
    },
    async try({ scope }, { text, ...edit }): Promise<PlacesTried> {
      const stands = file.read() ?? '';
      const faults = faultsOf(scope, edit, stands);
      const [now] = text === undefined ? [] : await pool.understand([sentencePost(text, clock.now())]);
      const before = now === undefined ? null : placeRead(now.region, now.because.filter(isPlace), regions);
      const { add = [], remove = [] } = edit;
      if (faults.length > 0 || add.length + remove.length === 0) return { before, after: null, faults, warnings: [] };
      const said = text === undefined ? null : { text, tokens: await pool.cut(text) };
      const names = add.map(({ name }) => name);
      const tried = await trial(editOwnPlaces(stands, { add, remove }), names, said);
      if ('fault' in tried) return { before, after: null, faults: [tried.fault], warnings: [] };
      return {
        ...{ before, faults: [] },
        after: said === null ? null : placeRead(tried.place, tried.because, regions),
        warnings: warningsOf(add, tried),
      };
    },
    async save(viewer, { seen, why, add = [], remove = [] }) {
      const stands = file.read() ?? '';
      const [fault] = faultsOf(viewer.scope, { add, remove }, stands);
      if (fault !== undefined) return { refused: fault };
      if (add.length + remove.length === 0) return { refused: '没有改动，没有什么可保存' };
      return put(viewer, { seen, why, body: editOwnPlaces(stands, { add, remove }) });
    },
    async restore(viewer, { seen, version, why }) {
      const found = setting.get(version);
      const [now, then] = [linesOf(file.read()), linesOf(found?.body ?? null)];
      const changed = [...missing(now, then), ...missing(then, now)];
      // What is not theirs to see is answered as if it were not there.
      if (found === undefined || !changed.every(seesLine(viewer.scope)))
        return { refused: `没有第${version}版，或者它改动的地名不全在您的属地内` };
      return put(viewer, { seen, why, body: found.body, restores: version });
    },
    regions: (scope, text) => findRegions(regions, home, scope, text),
  };
}

const seesCode = (scope: Scope, code: string): boolean =>
  scope.regions === 'all' || (isRegionCode(code) && seesRegion(scope, code));

const isPlace = ({ label }: Reason): boolean => /^\d{6,12}$/u.test(label);

const placeRead = (place: PlaceOf | null, because: readonly Reason[], regions: KnownRegions): PlaceRead => ({
  region:
    place === null
      ? null
      : {
          code: place.code,
          name: place.name,
          confidence: place.confidence,
          others: place.candidates
            .filter(({ code }) => code !== place.code)
            .map(({ code, weight }) => ({ name: regions.regionName(code), weight })),
        },
  because: because.map((reason) => ({ ...reason })),
});

/** What would come into force and may not be meant. */
function warningsOf(add: readonly PlaceEntry[], { common, shipped }: PlacesTrial): string[] {
  return add.flatMap(({ name, wordy }) => [
    ...(common.includes(name) && !wordy
      ? [`“${name}”也是普通词，平常的话也会被当成这里；建议选“也是普通词”`]
      : name.length === 2 && !wordy
        ? [`“${name}”只有两个字，容易碰上别的意思；先试几句话`]
        : []),
    ...(shipped.includes(name) ? [`“${name}”自带的表里已有，保存后以这里的为准`] : []),
  ]);
}
