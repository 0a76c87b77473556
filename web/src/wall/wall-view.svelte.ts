import type { WallBody } from '../../../server/contract/wall.ts';
import { read, ReadFailed } from '../live/api.ts';

const CODE = /^(?:\d{6}|\d{9}|\d{12})$/u;
/** Counts of a region come by asking; those of everything come by the socket. */
const EVERY = 5_000;
/** What changes in files is read once the changes pause. */
const SETTLE = 500;

const readWall = (region: string | null): Promise<WallBody> =>
  read<WallBody>(`wall${region === null ? '' : `?region=${region}`}`);

/**
 * Which region the wall shows and what the server says of it. The address says it first (?region=); the region changes only together
 * with its counts, so a wall that turns to another one never shows an empty panel between.
 */
export class WallView {
  body = $state.raw<WallBody | null>(null);
  /** Null: all that may be seen. */
  region = $state<string | null>(null);
  failed = $state('');
  /** The address named a region that this screen may not see. */
  refused = $state(false);

  #asked = 0;
  /** Turns that are still under way. */
  #turns = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #wanted: string | null;

  constructor(search: string) {
    const wanted = new URLSearchParams(search).get('region');
    this.#wanted = wanted !== null && CODE.test(wanted) ? wanted : null;
  }

  follow(): () => void {
    void this.show(this.#wanted);
    const timer = setInterval(() => void this.#refresh(), EVERY);
    return () => {
      clearInterval(timer);
      clearTimeout(this.#settling);
    };
  }

  /** Files have changed, or the connection came back. */
  changed(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#refresh(), SETTLE);
  }

  /** Turns to another region; where that fails the wall stays as it is and says so. */
  async show(region: string | null): Promise<void> {
    this.#turns += 1;
    const body = await this.#read(region);
    this.#turns -= 1;
    this.#take(body);
  }

  /** What is read again must not take a turn back that is still under way; the turn brings what is new itself. */
  async #refresh(): Promise<void> {
    if (this.#turns === 0) this.#take(await this.#read(this.region));
  }

  #take(body: WallBody | undefined): void {
    if (body === undefined) return;
    this.body = body;
    this.region = body.region?.code ?? null;
  }

  /** Undefined also where something newer was asked meanwhile. */
  async #read(region: string | null): Promise<WallBody | undefined> {
    const turn = (this.#asked += 1);
    try {
      const body = await readWall(region);
      if (turn !== this.#asked) return undefined;
      this.failed = '';
      return body;
    } catch (cause) {
      if (turn !== this.#asked) return undefined;
      if (region !== null && cause instanceof ReadFailed && cause.status === 404) {
        this.refused = true;
        return this.#read(null);
      }
      this.failed = cause instanceof Error ? cause.message : String(cause);
      return undefined;
    }
  }
}
