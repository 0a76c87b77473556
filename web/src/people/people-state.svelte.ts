import type { Role } from '../../../pipelines/domain/person.ts';
import type { DisplayToken, Invited, PeoplePage, SessionRow } from '../../../server/contract/people.ts';
import { read } from '../live/api.ts';
import { words } from './words.ts';

/** What a form gives: regions as they are typed. */
export interface Given {
  readonly roles: readonly Role[];
  readonly regions: string;
  readonly account: string;
}

/** What the page 人员 knows. */
export class PeopleState {
  page = $state.raw<PeoplePage | null>(null);
  off = $state(false);
  failed = $state('');
  refused = $state('');
  told = $state('');
  /** A link that is shown once, and what it is for. */
  link = $state.raw<{ readonly href: string; readonly says: string } | null>(null);
  busy = $state(false);

  async load(): Promise<void> {
    try {
      this.off = (await read<SessionRow>('session')).signIn === 'off';
      if (!this.off) this.page = await read<PeoplePage>('people');
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  add(name: string, given: Given): Promise<boolean> {
    return this.#act(async () => {
      const { invitation } = await read<Invited>('people', { name, ...grantOf(given) });
      this.#show('sign-in', `invitation=${invitation}`, words.link);
    });
  }

  grant(person: string, given: Given): Promise<boolean> {
    return this.#act(async () => {
      const { waits } = await read<{ waits: boolean }>(`people/${person}/grant`, grantOf(given));
      this.told = waits ? words.waits : words.held;
    });
  }

  settle(grant: number, agreed: boolean): Promise<boolean> {
    return this.#act(() => read(`grants/${grant}`, { agreed }));
  }

  enable(person: string, enabled: boolean): Promise<boolean> {
    return this.#act(() => read(`people/${person}/enabled`, { enabled }));
  }

  invite(person: string): Promise<boolean> {
    return this.#act(async () => {
      const { invitation } = await read<Invited>(`people/${person}/invitation`, {});
      this.#show('sign-in', `invitation=${invitation}`, words.link);
    });
  }

  addDisplay(name: string, region: string): Promise<boolean> {
    return this.#act(async () => {
      const { token } = await read<DisplayToken>('displays', {
        name,
        region: region.trim() === '' ? 'all' : region.trim(),
      });
      this.#show('wall', `display=${token}`, words.displayLink);
    });
  }

  removeDisplay(display: number): Promise<boolean> {
    return this.#act(() => read(`displays/${display}/remove`, {}));
  }

  #show(page: string, hash: string, says: string): void {
    this.link = { href: new URL(`./${page}#${hash}`, location.href).href, says };
  }

  async #act(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refused = '';
    this.told = '';
    this.link = null;
    try {
      await work();
      return true;
    } catch (cause) {
      this.refused = cause instanceof Error ? cause.message : String(cause);
      return false;
    } finally {
      this.busy = false;
      await this.load();
    }
  }
}

function grantOf({ roles, regions, account }: Given): {
  roles: readonly Role[];
  regions: 'all' | string[];
  account: string | null;
} {
  const codes = regions.split(/[\s,，、;；]+/u).filter((code) => code !== '');
  return { roles, regions: codes.length === 0 ? 'all' : codes, account: account.trim() === '' ? null : account.trim() };
}
