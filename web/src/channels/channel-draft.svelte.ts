import { CHANNEL_KINDS, EVERYTHING_SUBSCRIBED, type ChannelKind } from '../../../pipelines/domain/notify-channel.ts';
import type { IncidentKind } from '../../../pipelines/domain/incident.ts';
import type { Tier } from '../../../pipelines/domain/tier.ts';
import type { ChannelAsk, ChannelRow } from '../../../server/contract/notify.ts';

/** A channel as it is being written. Secrets begin empty, also of one that is changed: what is kept is never shown. */
export class ChannelDraft {
  readonly id: string | undefined;
  readonly before: string;
  name = $state('');
  kind = $state<ChannelKind>(CHANNEL_KINDS[0]);
  url = $state('');
  secret = $state('');
  host = $state('');
  port = $state(465);
  security = $state<'tls' | 'starttls' | 'none'>('tls');
  user = $state('');
  password = $state('');
  from = $state('');
  to = $state('');
  regions = $state('');
  kinds = $state<IncidentKind[]>([]);
  fromRung = $state<Tier>(EVERYTHING_SUBSCRIBED.fromRung);
  lifeAtRisk = $state(true);
  progress = $state(true);
  reminders = $state(true);
  overdue = $state(true);
  sourceSilence = $state(true);
  refutations = $state(false);
  isQuiet = $state(false);
  quietFrom = $state('22:00');
  quietTo = $state('07:00');
  second = $state('');
  paused = $state(false);

  constructor(row?: ChannelRow) {
    this.id = row?.id;
    this.before = row?.name ?? '';
    if (row === undefined) return;
    const { subscription, quiet } = row;
    this.name = row.name;
    this.kind = row.kind;
    this.regions = subscription.regions.join('，');
    this.kinds = [...subscription.kinds];
    this.fromRung = subscription.fromRung;
    this.lifeAtRisk = subscription.lifeAtRisk;
    this.progress = subscription.progress;
    this.reminders = subscription.reminders;
    this.overdue = subscription.overdue;
    this.sourceSilence = subscription.sourceSilence;
    this.refutations = subscription.refutations === true;
    this.isQuiet = quiet !== null;
    if (quiet !== null) [this.quietFrom, this.quietTo] = [quiet.from, quiet.to];
    this.second = row.second ?? '';
    this.paused = row.paused;
  }

  ask(): ChannelAsk {
    const target = this.#target();
    return {
      ...(this.id === undefined ? {} : { id: this.id }),
      ...(target === undefined ? {} : { target }),
      name: this.name.trim(),
      subscription: {
        regions: this.regions.split(/[\s,，、]+/u).filter((code) => code !== ''),
        kinds: this.kinds,
        fromRung: this.fromRung,
        lifeAtRisk: this.lifeAtRisk,
        progress: this.progress,
        reminders: this.reminders,
        overdue: this.overdue,
        sourceSilence: this.sourceSilence,
        ...(this.kind === 'webhook' ? { refutations: this.refutations } : {}),
      },
      quiet: this.isQuiet ? { from: this.quietFrom, to: this.quietTo } : null,
      second: this.second === '' ? null : this.second,
      paused: this.paused,
    };
  }

  /** undefined: it leads where it led. */
  #target(): ChannelAsk['target'] {
    const { kind } = this;
    if (kind === 'email') {
      if (this.id !== undefined && this.host === '') return undefined;
      const signedIn =
        this.user === '' ? {} : { user: this.user, ...(this.password === '' ? {} : { password: this.password }) };
      const to = this.to.split(/[\s,，;；]+/u).filter((one) => one !== '');
      return {
        kind,
        host: this.host.trim(),
        port: this.port,
        security: this.security,
        from: this.from.trim(),
        to,
        ...signedIn,
      };
    }
    const url = this.url.trim();
    if (this.id !== undefined && url === '') return undefined;
    if (kind === 'wecom') return { kind, url };
    const secret = this.secret.trim();
    if (kind === 'webhook') return { kind, url, secret };
    return secret === '' ? { kind, url } : { kind, url, secret };
  }
}
