import type { Page } from 'playwright-core';

export interface Shot {
  /** Name of the picture in docs/screens, with its ending: png where README shows it, else jpg. */
  readonly file: string;
  readonly path: string;
  readonly size: readonly [number, number];
  /** What is done on the page before the picture; by default nothing. */
  readonly before?: (page: Page) => Promise<void>;
}

/** What the drill has made by then. */
export interface Played {
  /** The incident whose file was worked on. */
  readonly worked: string;
}

const WALL = [1920, 1080] as const;
const DESK = [1440, 900] as const;
const PHONE = [390, 844] as const;

/** Long enough for the page to notice that nothing comes any more: it says so within ten seconds. */
const STALE_MS = 12_000;

const offline = async (page: Page): Promise<void> => {
  await page.context().setOffline(true);
  await page.waitForTimeout(STALE_MS);
};

/** Every page of the program, at the sizes people use it at. test/browser/screens/shots.test.ts holds it against the pages the server serves. */
export const shotsOf = ({ worked }: Played): readonly Shot[] => {
  const file = `#/incident/${encodeURIComponent(worked)}`;
  return [
    { file: 'wall.png', path: '/wall', size: WALL },
    { file: 'wall-4k.jpg', path: '/wall', size: [3840, 2160] },
    { file: 'wall-incident.jpg', path: `/wall${file}`, size: WALL },
    { file: 'wall-stale.jpg', path: '/wall', size: WALL, before: offline },
    { file: 'wall-phone.jpg', path: '/wall', size: PHONE },
    { file: 'desk.jpg', path: `/desk${file}`, size: DESK },
    { file: 'desk-phone.jpg', path: '/desk', size: PHONE },
    { file: 'desk-phone-file.jpg', path: `/desk${file}`, size: PHONE },
    { file: 'desk-phone-offline.jpg', path: `/desk${file}`, size: PHONE, before: offline },
    { file: 'incident.jpg', path: `/incident?id=${encodeURIComponent(worked)}`, size: DESK },
    { file: 'handoffs.jpg', path: '/handoffs', size: DESK },
    { file: 'search.jpg', path: `/search?q=${encodeURIComponent('水库')}`, size: DESK },
    { file: 'search-phone.jpg', path: `/search?q=${encodeURIComponent('水库')}`, size: PHONE },
    { file: 'refutations.jpg', path: '/refutations', size: DESK },
    { file: 'assessment.jpg', path: '/assessment', size: DESK },
    { file: 'report.jpg', path: '/report', size: DESK },
    { file: 'watches.jpg', path: '/watches', size: DESK },
    { file: 'sources.jpg', path: '/sources', size: DESK },
    { file: 'matrix.jpg', path: '/matrix', size: DESK },
    { file: 'channels.jpg', path: '/channels', size: DESK },
    { file: 'oncall.jpg', path: '/oncall', size: DESK },
    { file: 'settings.jpg', path: '/settings', size: DESK },
    { file: 'taxonomy.jpg', path: '/taxonomy', size: DESK },
    { file: 'places.jpg', path: '/places', size: DESK },
    { file: 'models.jpg', path: '/models', size: DESK },
    { file: 'retention.jpg', path: '/retention', size: DESK },
    { file: 'people.jpg', path: '/people', size: DESK },
    { file: 'audit.jpg', path: '/audit', size: DESK },
    { file: 'sign-in.jpg', path: '/sign-in', size: DESK },
    { file: 'public.jpg', path: '/public', size: DESK },
    { file: 'public-phone.jpg', path: '/public', size: PHONE },
  ];
};
