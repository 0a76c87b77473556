import { mask } from '../pipelines/1-intake/mask.ts';
import type { Viewer } from '../pipelines/domain/person.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import { LEAST_DAYS, MOST_DAYS, type EraseTry } from './contract/settings-keeping.ts';
import { eraseFound, findToErase, type EraseWhat } from './erase-posts.ts';
import type { FrontDoor } from './front-door.ts';
import { previewRetention } from './jobs/preview-retention.ts';
import type { SettingOutcome, SettingsServices } from './services/settings.ts';
import { Setting } from './setting.ts';

export interface RetentionDeskParts {
  readonly book: SettingsBook;
  readonly clock: Clock;
  readonly front: FrontDoor;
  readonly store: PostStore;
  readonly desk: DeskStore;
  /** What the machine's own setting says, days. */
  readonly configured: number;
  readonly drill: boolean;
}

const RUNS_SHOWN = 30;
/** Posts that a preview looks at before it says "at least". */
const MOST_LOOKED_AT = 20_000;

/** How long texts are kept whole now: as set on the page, else as configured. */
export const daysInForce = (book: SettingsBook, configured: number): number =>
  Number(book.newest('retention')?.body ?? configured);

/** 留存: how long texts stay whole, what the next run would take, and erasing on request. */
export function buildRetentionDesk(parts: RetentionDeskParts): SettingsServices['retention'] {
  const { book, clock, front, store, desk, configured } = parts;
  const days = (): number => daysInForce(book, configured);
  const setting = new Setting({
    ...{ book, clock, kind: 'retention' as const },
    current: () => String(days()),
    lines: (body) => (body === null ? [] : [`${body}天`]),
  });

  function put(
    viewer: Viewer,
    given: { readonly seen: number; readonly why: string; readonly body: string; readonly restores?: number },
  ): SettingOutcome {
    if (given.body === String(days())) return { refused: `现在就是${given.body}天` };
    const outcome = setting.keep(viewer, given);
    return 'meanwhile' in outcome ? outcome : { kept: { version: outcome.kept.n } };
  }

  return {
    page(viewer) {
      const { marks, runs } = front.door;
      const masked = marks.maskedUpTo();
      return {
        now: iso(clock.now()),
        drill: parts.drill,
        mayEdit: viewer.roles.includes('systemAdmin'),
        ...{ last: setting.last, days: days(), configured },
        bounds: { least: LEAST_DAYS, most: MOST_DAYS },
        maskedUpTo: masked > 0 ? iso(masked) : null,
        held: marks.held().length,
        tombstones: front.erased.posts().length,
        runs: runs.list(RUNS_SHOWN).map(({ at, ...run }) => ({ at: iso(at), ...run })),
        versions: setting.versions(),
      };
    },
    preview: (wanted) =>
      previewRetention({
        ...{ store, desk, mask, inbox: front.inbox, pseudonyms: front.pseudonyms },
        ...{ marks: front.door.marks, now: clock.now(), days: wanted, most: MOST_LOOKED_AT },
      }),
    save: async (viewer, { seen, days: wanted, why }) => put(viewer, { seen, why, body: String(wanted) }),
    async restore(viewer, { seen, version, why }) {
      const body = setting.get(version)?.body;
      if (body === undefined || body === null) return { refused: `没有第${version}版` };
      return put(viewer, { seen, why, body, restores: version });
    },
    async found(ask) {
      const what = whatOf(ask);
      return what === undefined ? undefined : { posts: (await findToErase(what, front, store)).posts.length };
    },
    async erase({ name }, { why, ...ask }) {
      const what = whatOf(ask);
      if (what === undefined) return undefined;
      const found = await findToErase(what, front, store);
      await eraseFound(found, { who: name, why, at: clock.now() }, front, store);
      return { posts: found.posts.length };
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();

/** Exactly one of the two, whole. */
function whatOf({ url, author, platform }: EraseTry): EraseWhat | undefined {
  if (url !== undefined) return author === undefined && platform === undefined ? { url } : undefined;
  return author === undefined || platform === undefined ? undefined : { author, platform };
}
