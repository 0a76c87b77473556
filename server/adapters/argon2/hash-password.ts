import { hash, verify } from '@node-rs/argon2';
import { PasswordsBusy, type Passwords } from '../../../pipelines/ports/passwords.ts';

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane; about 20 ms here. Argon2id is the package's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Argon2id on a thread of the pool. One at a time, so that a flood of sign-ins takes one core and no more; where too many wait,
 * the next is told to come back.
 */
export function openPasswords(mostWaiting = 100): Passwords {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let nobodys: Promise<string> | undefined;
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= mostWaiting)
      throw new PasswordsBusy('too many passwords are being checked: try again in a few seconds');
    waiting += 1;
    const turn = last.then(work).finally(() => (waiting -= 1));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFKC'), COST)),
    async check(kept, password) {
      nobodys ??= inTurn(() => hash('nobody has this password', COST));
      const against = kept ?? (await nobodys);
      const right = await inTurn(() => verify(against, password.normalize('NFKC')));
      return right && kept !== null;
    },
  };
}
