import type { SecondFactorOffer, SessionRow } from '../../../server/contract/people.ts';
import { read, ReadFailed } from '../live/api.ts';
import { words } from './words.ts';

type Way = 'bootstrap' | 'invitation';
const LINK = /^#(bootstrap|invitation)=([\w-]{1,128})$/u;

/** What the page 登录 is at: a link that was opened, somebody who comes in, or somebody who is in. */
export class SignInState {
  row = $state.raw<SessionRow | null>(null);
  failed = $state('');
  /** What the last act led to, in words; and whether it was what was wished. */
  told = $state('');
  refused = $state('');
  busy = $state(false);
  needsCode = $state(false);
  needsPassword = $state(false);
  /** Whose link was opened: null until known, '' for the first of all. */
  invited = $state<string | null>(null);
  offer = $state.raw<SecondFactorOffer | null>(null);

  #token = '';

  async load(): Promise<void> {
    try {
      this.row = await read<SessionRow>('session');
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  /** A link is opened: the address forgets it at once, and nobody who looks over the shoulder or into the history has it. */
  async openLink(): Promise<void> {
    const [, way, token] = LINK.exec(location.hash) ?? [];
    if (way === undefined || token === undefined) return;
    history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    this.#token = token;
    await this.#act(async () => {
      const { name } = await read<{ name: string | null }>('invitations', { token });
      this.invited = (way as Way) === 'bootstrap' ? '' : (name ?? '');
    });
  }

  accept(password: string, name: string): Promise<boolean> {
    return this.#act(async () => {
      const own = this.invited === '' ? { name } : {};
      await read('invitations/accept', { token: this.#token, password, ...own });
      this.invited = null;
      this.told = words.chosen;
      await this.load();
    });
  }

  signIn(name: string, password: string, code: string, newPassword: string): Promise<boolean> {
    return this.#act(async () => {
      try {
        await read('session', {
          ...{ name, password },
          ...(this.needsCode && code !== '' ? { code } : {}),
          ...(this.needsPassword && newPassword !== '' ? { newPassword } : {}),
        });
        location.assign(`./${nextPage()}`);
      } catch (cause) {
        if (cause instanceof ReadFailed && cause.code === 'code_needed') this.needsCode = true;
        if (cause instanceof ReadFailed && cause.code === 'password_old') this.needsPassword = true;
        if (cause instanceof ReadFailed && cause.code === 'throttled') this.needsCode = true;
        throw cause;
      }
    });
  }

  changePassword(password: string, newPassword: string): Promise<boolean> {
    return this.#act(async () => {
      await read('session/password', { password, newPassword });
      this.told = words.changed;
    });
  }

  askForFactor(): Promise<boolean> {
    return this.#act(async () => {
      this.offer = await read<SecondFactorOffer>('session/second-factor');
    });
  }

  setFactor(password: string, code: string): Promise<boolean> {
    return this.#act(async () => {
      const { secret } = this.offer ?? {};
      await read('session/second-factor', { password, ...(secret === undefined ? {} : { secret, code }) });
      this.told = secret === undefined ? words.factorDropped : words.factorDone;
      this.offer = null;
      await this.load();
    });
  }

  async #act(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refused = '';
    this.told = '';
    try {
      await work();
      return true;
    } catch (cause) {
      this.refused = cause instanceof Error ? cause.message : String(cause);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Back to where somebody was sent from: a page of ours, never another address. */
function nextPage(): string {
  const asked = new URLSearchParams(location.search).get('next') ?? '';
  return /^[a-z][a-z-]{0,40}(?:\?[\w%.~=&+,:-]{0,6000})?(?:#[\w/%.~-]{0,200})?$/u.test(asked) ? asked : 'wall';
}
