import type { Role } from '../../../pipelines/domain/person.ts';
import type { SessionRow } from '../../../server/contract/people.ts';
import { read } from '../live/api.ts';
import { keepFor } from '../offline/kept.ts';
import { forgetShell } from '../offline/shell.ts';
import { waiting } from '../offline/waiting-acts.svelte.ts';

/** Who sits here, as the bar of every page shows it. Read once a page. */
class OwnSession {
  row = $state.raw<SessionRow | null>(null);
  readonly name = $derived.by(() => (this.row?.signIn === 'on' ? (this.row.viewer?.name ?? '') : ''));

  async load(): Promise<void> {
    try {
      const row = await read<SessionRow>('session');
      this.row = row;
      // What this device kept for somebody else, or for a session that has ended, is nobody's to see.
      const ended = row.signIn === 'on' && row.viewer === null;
      keepFor(ended ? null : this.name);
      if (!ended) waiting.atDesk(this.name);
    } catch (cause) {
      // The page itself says that the server does not answer; the bar then shows no name.
      if (!(cause instanceof Error)) throw cause;
      this.row = null;
    }
  }

  /** True where sign-in is off, or not known yet: then nothing is hidden that the server would not refuse anyway. */
  mayOpen(roles: readonly Role[]): boolean {
    if (this.row === null || this.row.signIn === 'off') return true;
    return this.row.viewer?.roles.some((role) => roles.includes(role)) ?? false;
  }

  /** True where who sits here speaks for that account, or for none and so for the duty desk. The server decides; this only hides. */
  speaksFor(account: string): boolean {
    const own = this.row?.viewer?.account ?? null;
    return own === null || own === account;
  }

  /** The answer empties this device: what was kept, what waits, and the pages for use without a connection (clear-site-data). */
  async signOut(): Promise<void> {
    await read('session', undefined, 'DELETE');
    await forgetShell();
    location.assign('./sign-in');
  }
}

export const session = new OwnSession();
