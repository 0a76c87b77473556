import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../pipelines/domain/account.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { openPasswords } from './adapters/argon2/hash-password.ts';
import { openAudit } from './adapters/audit/sqlite-audit.ts';
import { openPeople } from './adapters/people/sqlite-people.ts';
import { makeKey, readKey } from './adapters/secrets/key-files.ts';
import type { Config } from './config.ts';
import type { PeopleArea } from './people/area.ts';
import { OwnAccount } from './people/own-account.ts';
import { PeopleDesk } from './people/people-desk.ts';
import { SignIn } from './people/sign-in.ts';

export interface PeopleServicesParts {
  readonly config: Pick<Config, 'varDir' | 'signIn' | 'passwords'>;
  readonly clock: Clock;
  readonly log: { info(message: string): void };
  /** Incidents that a hand-off shares with an account of the matrix, for as long as it is theirs. */
  readonly shared: (account: string) => ReadonlySet<IncidentId>;
  /** Names that no password may be made of; left out where none is chosen, as on the command line. */
  readonly ownWords?: (account: string | null) => readonly string[];
}

export interface PeopleServices {
  readonly area: PeopleArea;
  /** Says where the trail stands and, where sign-in waits for its first person, the link that makes them. */
  welcome(address: string): void;
  close(): void;
}

const DAY = 86_400_000;

/** Who may come in, and what is written down of it: people.sqlite and audit.sqlite in the data folder. */
export function openPeopleArea({
  config,
  clock,
  log,
  shared,
  ownWords = () => [],
}: PeopleServicesParts): PeopleServices {
  const store = openPeople(join(config.varDir, 'people.sqlite'));
  const audit = openTrail(config.varDir);
  const passwords = openPasswords();
  const parts = { store, audit, passwords, clock, profile: config.passwords, ownWords };
  const desk = new PeopleDesk(parts);
  const always = config.signIn === 'on';
  const noteHead = (): void => {
    const { n, hash } = audit.head();
    if (n > 0) log.info(`审计链到第${n}条，链头 ${hash}（请另处记下）`);
  };
  // Noted in the log, which lies elsewhere: what is cut off the end afterwards is found by it.
  const daily = setInterval(noteHead, DAY);
  daily.unref();
  return {
    area: { signIn: new SignIn({ ...parts, always, shared }), desk, own: new OwnAccount(parts), audit, clock },
    welcome(address) {
      noteHead();
      const token = always ? desk.bootstrap() : undefined;
      if (token === undefined) return;
      log.info(
        `还没有人可以登录。第一位安全管理员请在24小时内打开（只能用一次）：${new URL(`/sign-in#bootstrap=${token}`, address).href}`,
      );
    },
    close() {
      clearInterval(daily);
      store.close();
      audit.close();
    },
  };
}

/** The trail of a data folder, with its key from the folder of keys; both are made where there are none. */
export function openTrail(varDir: string): ReturnType<typeof openAudit> {
  const folder = join(varDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'audit.key');
  return openAudit(join(varDir, 'audit.sqlite'), readKey(path) ?? makeKey(path));
}

/** 河南省洛阳市 as a whole and by its parts, and what the account somebody speaks for is called. */
export const namesOfOffice = (region: string, account: Account | undefined): readonly string[] => {
  const { name = '', unit = '', id = '' } = account ?? {};
  return [region, ...region.split(/[省市县区]/u), name, ...name.split('（'), unit, id].filter(
    (word) => [...word].length > 1,
  );
};
