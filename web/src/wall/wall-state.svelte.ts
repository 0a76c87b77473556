import { contains, isRegionCode } from '../../../pipelines/domain/region.ts';
import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import type { Pulse } from '../../../server/contract/pulse.ts';
import type { LiveFeed, Part } from '../live/live-feed.svelte.ts';
import type { ScreenClock } from '../live/screen-clock.svelte.ts';
import { MINUTE } from '../ui/time-words.ts';
import { zh } from '../ui/zh.ts';
import { byWeight, LADDER_HEIGHT, layBands } from './ladder-layout.ts';
import { Letters } from './letters.ts';
import { shortPlace } from './places.ts';
import { Rotation, rotateSeconds } from './rotation.svelte.ts';
import { WallSound } from './wall-sound.svelte.ts';
import { WallView } from './wall-view.svelte.ts';

const PLEA_NEEDS = new Set<string | null>(['求助']);
const RUMOR = '谣言';
const DRILL_SUFFIX = /（演练）$/u;

/** What the panels of the wall have in common, derived once from the feed. */
export class WallState {
  readonly feed: LiveFeed;
  readonly clock: ScreenClock;
  readonly view: WallView;
  readonly sound: WallSound;
  /** Undefined where the address asks for none. */
  readonly rotation: Rotation | undefined;
  readonly #letters = new Letters();

  /** 洛阳市, without the province everybody in the room knows; 宜阳县 where the wall was turned to it. */
  readonly home = $derived.by(() => {
    const path = this.view.region === null ? [] : (this.view.body?.path ?? []);
    return shortPlace(path.at(-1)?.name ?? this.#homePath, path.at(-2)?.name ?? '');
  });
  readonly #homePath = $derived.by(() => this.pulse?.home.name ?? '');
  /** The counts of the region that is shown. */
  readonly pulse = $derived.by((): Pulse | null =>
    this.view.region === null ? this.feed.pulse : (this.view.body?.pulse ?? this.feed.pulse),
  );
  /** The official map has shapes for the region that is shown. */
  readonly mapped = $derived.by(() => (this.view.body?.map?.shapes ?? 0) > 0);
  readonly drill = $derived.by(() => this.feed.pulse?.drill ?? null);
  readonly all = $derived.by(() => [...this.feed.incidents.values()].filter(({ region }) => this.shows(region)));
  readonly open = $derived.by(() => this.all.filter((row) => row.state === 'open').sort(byWeight));
  readonly #minute = $derived.by(() => Math.floor(this.clock.now / MINUTE) * MINUTE);
  readonly bands = $derived.by(() => layBands(this.open, LADDER_HEIGHT, this.#minute));
  readonly letters = $derived.by(() => this.#letters.update(this.feed.incidents.values()));
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
      .filter((row) => this.shows(row.region))
      .filter((row) => !seen.has(row.incident) && seen.add(row.incident) !== undefined);
  });

  /** The home city, its districts and the cities around, by name: what a person corrects a place to most often. */
  readonly placesNearby = $derived.by((): readonly { code: string; name: string }[] => {
    const pulse = this.pulse;
    if (pulse === null) return [];
    const seen = new Set<string>();
    return [{ code: pulse.home.code, name: this.home }, ...pulse.tiles, ...pulse.around].flatMap(({ code, name }) =>
      seen.has(code) ? [] : (seen.add(code), [{ code, name }]),
    );
  });

  /** @param search of the address: `?region=CODE&rotate=SECONDS` */
  constructor(feed: LiveFeed, clock: ScreenClock, search: string) {
    this.feed = feed;
    this.clock = clock;
    this.view = new WallView(search);
    this.sound = new WallSound({
      rowOf: (incident) => feed.incidents.get(incident),
      quiet: () => this.view.body?.quiet ?? false,
    });
    const seconds = rotateSeconds(search);
    if (seconds === undefined) return;
    this.rotation = new Rotation(seconds, {
      stops: () => this.#partsOfView(),
      show: (region) => void this.view.show(region),
      stale: () => feed.stale,
    });
  }

  /** Reads, listens and turns until the answer is called. */
  follow(): () => void {
    const ends = [this.view.follow(), this.sound.follow(), this.rotation?.follow()];
    ends.push(
      this.feed.listen((alert, catching) => {
        this.sound.heard(alert, catching);
        if (!catching) this.rotation?.home();
      }),
      this.feed.onFiles(() => this.view.changed()),
    );
    return () => ends.forEach((end) => end?.());
  }

  /** True for what lies in the region that is shown. */
  shows(region: string | null): boolean {
    const own = this.view.region;
    return own === null || (isRegionCode(region) && isRegionCode(own) && contains(own, region));
  }

  /** A person turns to a region; the address follows, so that it can be sent on. */
  turnTo(region: string | null): void {
    void this.view.show(region).then(() => {
      this.rotation?.startOver();
      const search = new URLSearchParams(location.search);
      if (this.view.region === null) search.delete('region');
      else search.set('region', this.view.region);
      const asked = search.toString();
      history.replaceState(history.state, '', `${location.pathname}${asked === '' ? '' : `?${asked}`}${location.hash}`);
    });
  }

  /** The region that is shown, and its parts. */
  #partsOfView(): readonly (string | null)[] {
    const { pulse, view } = this;
    if (pulse === null) return [];
    return [view.region, ...pulse.tiles.map(({ code }) => code).filter((code) => code !== pulse.home.code)];
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

/** The link that turns the wall to a region; the rest of the address stays. */
export function regionHref(region: string): string {
  const search = new URLSearchParams(location.search);
  search.set('region', region);
  return `?${search.toString()}`;
}

/** What a panel says when its part of the feed could not be read. */
export function partFailure(feed: LiveFeed, part: Part): { what: string; why: string } | undefined {
  const why = feed.failed.get(part);
  return why === undefined ? undefined : { what: zh.parts[part], why };
}
