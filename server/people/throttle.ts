import type { Clock } from '../../pipelines/ports/clock.ts';
import type { Tries } from '../../pipelines/ports/people.ts';
import { hashOf } from './secret.ts';

/** For an account whoever asks, and for an address whatever it asks for: guessing one, and spraying many. An office is one address. */
export const TRIES_OF_ACCOUNT = 5;
export const TRIES_OF_ADDRESS = 30;
export const WINDOW_MS = 15 * 60_000;

/** How often a password may be tried. What is over is not even looked at. */
export class Throttle {
  readonly #tries: Tries;
  readonly #clock: Clock;

  constructor(tries: Tries, clock: Clock) {
    this.#tries = tries;
    this.#clock = clock;
  }

  ofAccount(name: string): boolean {
    return this.#full(accountKey(name), TRIES_OF_ACCOUNT);
  }

  ofAddress(address: string): boolean {
    return this.#full(addressKey(address), TRIES_OF_ADDRESS);
  }

  /** Counted before the password is looked at, so that many at once are no more than five. */
  count(name: string, address: string): void {
    const now = this.#clock.now();
    this.#tries.forget(now - WINDOW_MS);
    this.#tries.add(accountKey(name), now);
    this.#tries.add(addressKey(address), now);
  }

  /** The person has come in: what was tried in their name is forgiven, of what the address tried this one. */
  forgive(name: string, address: string): void {
    this.#tries.clear(accountKey(name));
    this.#tries.clear(addressKey(address), 1);
  }

  #full(key: string, most: number): boolean {
    return this.#tries.count(key, this.#clock.now() - WINDOW_MS) >= most;
  }
}

/** Names as they are compared, and hashed: somebody may type their password into the field of the name. */
const accountKey = (name: string): string => hashOf(`account ${name.normalize('NFKC').trim().toLowerCase()}`);
const addressKey = (address: string): string => hashOf(`address ${address}`);
