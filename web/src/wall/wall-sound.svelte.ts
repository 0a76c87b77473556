import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import { Bells } from './bells.ts';
import { strikeBell } from './strike-bell.ts';

/** off · on · blocked: on, but the browser waits for a touch · none: this browser makes no sound. */
export type SoundState = 'off' | 'on' | 'blocked' | 'none';

/** Of this screen alone, so it is kept by the screen. */
const KEPT = 'wenbida-wall-sound';
const LOOK = 500;

export interface SoundParts {
  rowOf(incident: string): IncidentRow | undefined;
  quiet(): boolean;
}

/** Sound of one screen: off until somebody turns it on there. */
export class WallSound {
  state = $state<SoundState>('off');
  /** Strokes since the page was opened, for whoever wants to know whether it rings. */
  strokes = $state(0);

  readonly #parts: SoundParts;
  readonly #bells = new Bells();
  #audio: AudioContext | undefined;

  constructor(parts: SoundParts) {
    this.#parts = parts;
  }

  follow(): () => void {
    if (localStorage.getItem(KEPT) === 'on') this.#open();
    const touched = (): void => {
      if (this.state === 'blocked') begin(this.#audio);
    };
    for (const kind of ['pointerdown', 'keydown'] as const) addEventListener(kind, touched);
    const timer = setInterval(() => this.#look(), LOOK);
    return () => {
      clearInterval(timer);
      for (const kind of ['pointerdown', 'keydown'] as const) removeEventListener(kind, touched);
      void this.#audio?.close();
    };
  }

  /** Called in the click that asks for it: only then may a page begin to sound. */
  toggle(): void {
    if (this.state === 'off' || this.state === 'none') {
      localStorage.setItem(KEPT, 'on');
      this.#open();
      return;
    }
    localStorage.removeItem(KEPT);
    this.#bells.clear();
    void this.#audio?.close();
    this.#audio = undefined;
    this.state = 'off';
  }

  /** What came while catching up stays silent: it is told on the screen. */
  heard(alert: AlertRow, catching: boolean): void {
    if (this.state !== 'off' && this.state !== 'none' && !catching) this.#bells.heard(alert.incident);
  }

  #open(): void {
    try {
      const audio = new AudioContext();
      this.#audio = audio;
      audio.onstatechange = () => this.#settle(audio);
      this.#settle(audio);
      begin(audio);
    } catch (cause) {
      // A machine without a sound card, or a browser that was told to have none.
      if (!(cause instanceof Error)) throw cause;
      this.state = 'none';
    }
  }

  #settle(audio: AudioContext): void {
    if (audio !== this.#audio) return;
    this.state = audio.state === 'running' ? 'on' : 'blocked';
  }

  #look(): void {
    const audio = this.#audio;
    if (audio === undefined) return;
    const strokes = this.#bells.due(performance.now(), (id) => this.#parts.rowOf(id), this.#parts.quiet());
    if (strokes === 0) return;
    this.strokes += strokes;
    if (audio.state === 'running') strikeBell(audio, strokes);
  }
}

/** A page that is left, or sound that is switched off again, before the browser lets it begin: then there is nothing to begin. */
const begin = (audio: AudioContext | undefined): void => {
  audio?.resume().catch((cause: unknown) => {
    if (audio.state !== 'closed') throw cause;
  });
};
