import type { Clock } from '../pipelines/ports/clock.ts';
import type { NamedHosts } from './adapters/outbound/address.ts';
import { describeSource, isPushed } from './describe-source.ts';
import type { FrontDoor } from './front-door.ts';
import { addToken, readTokens, removeTokens } from './http/tokens.ts';
import type { Signed, SourceDesk } from './services/door.ts';

export interface SourceDeskParts {
  readonly front: Pick<FrontDoor, 'door'>;
  readonly tokenFile: string;
  readonly clock: Clock;
  /** Hosts of the office's own network that feeds may be asked for. */
  readonly named: NamedHosts;
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
