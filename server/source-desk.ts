import type { Clock } from '../pipelines/ports/clock.ts';
import type { NamedHosts } from './adapters/feed-fetch/address.ts';
import { describeSource, isPushed, type RefusedAsk, type SourceAsk } from './describe-source.ts';
import type { FrontDoor } from './front-door.ts';
import { addToken, readTokens, removeTokens } from './http/tokens.ts';

export interface SourceDeskParts {
  readonly front: Pick<FrontDoor, 'door'>;
  readonly tokenFile: string;
  readonly clock: Clock;
  /** Hosts of the office's own network that feeds may be asked for. */
  readonly named: NamedHosts;
}

/** Who does something that can not be taken back, and why: written down before it is done. */
export interface Signed {
  readonly who: string;
  readonly why: string;
}

export interface SourceDesk {
  /** A pushed source that has no token yet gets one, which is shown this once. */
  describe(ask: SourceAsk): { readonly refused: RefusedAsk } | { readonly fresh: boolean; readonly token?: string };
  /** False where there is no such source. */
  pause(name: string, paused: boolean): boolean;
  /** With its tokens; what it brought stays. Answers how many tokens were struck; undefined where there is no such source. */
  remove(name: string, by?: Signed): number | undefined;
  /** A new token, and how many old ones are refused from now on. @throws TokenError where the name can have none */
  rotate(name: string, by?: Signed): { readonly token: string; readonly struck: number };
}

/** The sources of a deployment as people look after them, by command and on the page alike. */
export function sourceDesk({ front, tokenFile, clock, named }: SourceDeskParts): SourceDesk {
  const { book, accesses } = front.door;
  const noted = (what: string, by: Signed | undefined): void => {
    if (by !== undefined) accesses.add({ at: clock.now(), ...by, what: 'source', subject: what.slice(0, 500) });
  };
  return {
    describe(ask) {
      const known = book.list().find(({ name }) => name === ask.name);
      const described = describeSource(ask, known, named);
      if ('refused' in described) return described;
      const fresh = 'fresh' in described;
      if (fresh) book.add({ ...described.fresh, createdAt: clock.now(), paused: false });
      else book.change(ask.name, described.change);
      const way = fresh ? described.fresh.way : described.way;
      if (!isPushed(way) || readTokens(tokenFile).count(ask.name) > 0) return { fresh };
      return { fresh, token: addToken(tokenFile, ask.name) };
    },
    pause(name, paused) {
      if (!book.change(name, { paused })) return false;
      // Nobody waits for what is paused: its silence is over, and begins anew where it stays away after.
      if (paused) book.endSilence(name, clock.now());
      return true;
    },
    remove(name, by) {
      const known = book.list().some((about) => about.name === name);
      if (!known && readTokens(tokenFile).count(name) === 0) return undefined;
      noted(`remove ${name}`, by);
      book.endSilence(name, clock.now());
      book.remove(name);
      return removeTokens(tokenFile, name);
    },
    rotate(name, by) {
      noted(`rotate ${name}`, by);
      const struck = removeTokens(tokenFile, name);
      return { struck, token: addToken(tokenFile, name) };
    },
  };
}
