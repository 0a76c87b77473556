import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import type { LiveFeed, Part } from '../live/live-feed.svelte.ts';
import type { ScreenClock } from '../live/screen-clock.svelte.ts';
import { MINUTE } from '../ui/time-words.ts';
import { zh } from '../ui/zh.ts';
import { byWeight, LADDER_HEIGHT, layBands } from './ladder-layout.ts';
import { Letters } from './letters.ts';
import { shortPlace } from './places.ts';

const PLEA_NEEDS = new Set<string | null>(['求助']);
const RUMOR = '谣言';
const DRILL_SUFFIX = /（演练）$/u;

/** What the panels of the wall have in common, derived once from the feed. */
export class WallState {
  readonly feed: LiveFeed;
  readonly clock: ScreenClock;
  readonly #letters = new Letters();

  /** 洛阳市, without the province everybody in the room knows. */
  readonly home = $derived.by(() => shortPlace(this.#homePath, ''));
  readonly #homePath = $derived.by(() => this.feed.pulse?.home.name ?? '');
  readonly drill = $derived.by(() => this.feed.pulse?.drill ?? null);
  readonly all = $derived.by(() => [...this.feed.incidents.values()]);
  readonly open = $derived.by(() => this.all.filter((row) => row.state === 'open').sort(byWeight));
  readonly #minute = $derived.by(() => Math.floor(this.clock.now / MINUTE) * MINUTE);
  readonly bands = $derived.by(() => layBands(this.open, LADDER_HEIGHT, this.#minute));
  readonly letters = $derived.by(() => this.#letters.update(this.all));
  readonly pleas = $derived.by(() =>
    this.open
      .filter((row) => PLEA_NEEDS.has(row.need) || row.kind === '求助' || row.urgent || row.lifeAtRisk)
      .sort((a, b) => Number(b.lifeAtRisk) - Number(a.lifeAtRisk) || Date.parse(a.openedAt) - Date.parse(b.openedAt)),
  );
  readonly claims = $derived.by(() =>
    this.open.filter((row) => row.needsCheck || row.kind === RUMOR).sort((a, b) => b.copies - a.copies),
  );
  readonly lastCooled = $derived.by(() =>
    this.all
      .filter((row) => row.state === 'cooled')
      .sort((a, b) => Date.parse(b.lastPostAt) - Date.parse(a.lastPostAt))
      .at(0),
  );
  /** The newest alert of each incident, newest first. */
  readonly alerts = $derived.by((): readonly AlertRow[] => {
    const seen = new Set<string>();
    return this.feed.alerts
      .toReversed()
      .filter((row) => !seen.has(row.incident) && seen.add(row.incident) !== undefined);
  });

  /** The home city, its districts and the cities around, by name: what a person corrects a place to most often. */
  readonly placesNearby = $derived.by((): readonly { code: string; name: string }[] => {
    const pulse = this.feed.pulse;
    if (pulse === null) return [];
    const seen = new Set<string>();
    return [{ code: pulse.home.code, name: this.home }, ...pulse.tiles, ...pulse.around].flatMap(({ code, name }) =>
      seen.has(code) ? [] : (seen.add(code), [{ code, name }]),
    );
  });

  constructor(feed: LiveFeed, clock: ScreenClock) {
    this.feed = feed;
    this.clock = clock;
  }

  letterOf(id: string): string {
    return this.letters.get(id) ?? '';
  }

  place(path: string): string {
    return shortPlace(path, this.#homePath);
  }

  /** An account's name; in a drill, whose every panel is marked, without the mark that invented accounts carry. */
  account(name: string): string {
    return this.drill === null ? name : name.replace(DRILL_SUFFIX, '');
  }

  /** The row an alert is about, as it is now; undefined where it is not among those read. */
  rowOf(alert: AlertRow): IncidentRow | undefined {
    return this.feed.incidents.get(alert.incident);
  }
}

/** The deep link that opens an incident. */
export const incidentHref = (id: string): string => `#/incident/${encodeURIComponent(id)}`;

/** What a panel says when its part of the feed could not be read. */
export function partFailure(feed: LiveFeed, part: Part): { what: string; why: string } | undefined {
  const why = feed.failed.get(part);
  return why === undefined ? undefined : { what: zh.parts[part], why };
}
