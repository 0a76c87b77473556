import { untrack } from 'svelte';
import type { IncidentRow } from '../../../server/contract/http.ts';
import { LiveFeed } from '../live/live-feed.svelte.ts';
import { ScreenClock } from '../live/screen-clock.svelte.ts';
import { deviceNow, keepClock, keepInbox, keptClock, keptInbox } from '../offline/kept.ts';
import { waiting } from '../offline/waiting-acts.svelte.ts';
import { Router } from '../route.svelte.ts';
import { Letters } from '../wall/letters.ts';
import { deskApi } from './desk-api.ts';
import { OpenedFile } from './opened-file.svelte.ts';

const KEEP_EVERY = 5_000;
const SEND_EVERY = 10_000;
/** The rest of the desk is asked for once the file somebody came for is there, or after this long. */
const FILE_FIRST = 4_000;

/** All that the desk holds: the live feed or, without a connection, what this device kept; the file that is open; the acts that wait. */
export class DeskRoom {
  readonly clock = new ScreenClock();
  readonly feed = new LiveFeed(this.clock);
  readonly router = new Router();
  readonly waiting = waiting;
  readonly chosen = $derived.by(() => (this.router.route.name === 'incident' ? this.router.route.id : undefined));
  opened = $state.raw<OpenedFile | undefined>(undefined);
  #online = $state(navigator.onLine);
  #wasLive = $state(false);
  #kept = $state.raw(keptInbox(keptClock().now));

  readonly loaded = $derived.by(() => this.feed.loaded.has('incidents'));
  readonly incidents = $derived.by((): ReadonlyMap<string, IncidentRow> =>
    this.loaded || this.#kept === undefined
      ? this.feed.incidents
      : new Map(this.#kept.rows.map((row): [string, IncidentRow] => [row.id, row])),
  );
  /** Before the first connection nothing is lost yet, unless nothing could be read either. */
  readonly offline = $derived.by(
    () => !this.#online || (this.feed.link === 'offline' && (this.#wasLive || this.feed.failed.size > 0)),
  );
  /** Since when nothing new is shown, epoch ms of the deployment; 0 while it is live. */
  readonly stoppedAt = $derived.by(() => {
    if (this.feed.pulse !== null) {
      return this.offline || this.feed.link === 'stopped' ? Date.parse(this.feed.pulse.now) : 0;
    }
    return this.#kept?.at ?? this.opened?.keptAt ?? 0;
  });
  readonly drill = $derived.by(() =>
    this.feed.pulse === null ? (this.#kept?.drill ?? false) : this.feed.pulse.drill !== null,
  );
  readonly home = $derived.by(() => this.feed.pulse?.home.name ?? this.#kept?.home ?? '');
  readonly letters = $derived.by(() => this.#letters.update(this.incidents.values()));
  readonly row = $derived.by((): IncidentRow | undefined =>
    this.chosen === undefined ? undefined : (this.incidents.get(this.chosen) ?? this.opened?.evidence?.incident),
  );

  readonly #letters = new Letters();
  #first: Promise<unknown> = Promise.resolve();

  constructor() {
    const { now, speed } = keptClock();
    if (now > 0) this.clock.sync(now, speed);
    this.#open();
  }

  /** Epoch ms of the deployment. */
  now(): number {
    return this.known() || deviceNow();
  }

  known(): number {
    return this.clock.now > 0 ? this.clock.now : keptClock().now;
  }

  title(id: string): string {
    return this.incidents.get(id)?.title ?? this.opened?.evidence?.incident.title ?? id;
  }

  /** Called where the address names another incident. */
  #open(): void {
    const id = this.chosen;
    if (this.opened?.id === id) return;
    this.opened?.stop();
    this.opened = id === undefined ? undefined : new OpenedFile(id, this);
    // At once, before anything else is asked for.
    this.#first = this.opened?.begin() ?? Promise.resolve();
  }

  follow(): () => void {
    const stops = [this.clock.follow(), this.router.follow(), this.waiting.follow(), this.#listen(), this.#feedOn()];
    const sending = setInterval(() => void this.send(), SEND_EVERY);
    const keeping = setInterval(() => this.#keep(), KEEP_EVERY);
    return () => {
      clearInterval(sending);
      clearInterval(keeping);
      for (const stop of stops) stop();
      this.opened?.stop();
    };
  }

  /** Effects of the page: to be called while it is made. */
  react(): void {
    $effect(() => {
      void this.chosen;
      untrack(() => this.#open());
    });
    $effect(() => {
      const { opened } = this;
      const live = this.feed.incidents.get(this.chosen ?? '');
      if (opened === undefined || live === undefined) return;
      // The file again when its row says it has changed, the evidence when there is more of it.
      untrack(() => {
        if (opened.keptAt > 0 || live.file?.seq !== opened.file?.brief.seq) void opened.read();
        if (opened.keptAt > 0 || live.copies !== opened.evidence?.incident.copies) void opened.readEvidence();
      });
    });
    $effect(() => {
      if (this.feed.link !== 'live') return;
      this.#wasLive = true;
      void this.send();
    });
    $effect(() => {
      if (this.loaded) untrack(() => this.#keep());
    });
  }

  #keep(): void {
    if (!this.loaded || this.feed.pulse === null || this.offline) return;
    const rows = [...this.feed.incidents.values()].filter(
      ({ file, state }) => file !== undefined && file.status !== 'closed' && state !== 'merged',
    );
    keepInbox({ at: this.now(), rows, drill: this.drill, home: this.home });
    keepClock(this.now(), this.clock.speed);
    this.opened?.keep();
  }

  async send(): Promise<void> {
    await this.waiting.send(deskApi.act, ({ incident }, file) => {
      if (this.opened?.id === incident) this.opened.take(file);
    });
  }

  #listen(): () => void {
    const change = (): void => {
      this.#online = navigator.onLine;
      if (this.#online) void this.send();
    };
    addEventListener('online', change);
    addEventListener('offline', change);
    return () => {
      removeEventListener('online', change);
      removeEventListener('offline', change);
    };
  }

  /** At once where the inbox is what is asked for; behind the file where one is. */
  #feedOn(): () => void {
    let stop: (() => void) | undefined;
    let ended = false;
    const begin = (): void => {
      if (!ended) stop ??= this.feed.follow();
    };
    const timer = setTimeout(begin, FILE_FIRST);
    void this.#first.then(begin);
    return () => {
      ended = true;
      clearTimeout(timer);
      stop?.();
    };
  }
}
