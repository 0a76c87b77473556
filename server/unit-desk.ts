import type { Actor, CaseDraft } from '../pipelines/domain/case-event.ts';
import { HANDOFF_MODE_NAMES } from '../pipelines/domain/case-event.ts';
import type { CaseState, Handoff } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import { contains } from '../pipelines/domain/region.ts';
import { isOpen, openOf } from '../pipelines/5-respond/fold-handoffs.ts';
import type { Matrix } from '../pipelines/5-respond/matrix.ts';
import { tellEvent } from '../pipelines/5-respond/tell-event.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { CaseLink, LinkSigner } from '../pipelines/ports/link-signer.ts';
import type { CaseDesk } from './case-desk.ts';
import { nameIn, type AccountOf } from './case-views.ts';
import type { LinkRow } from './contract/case-acts.ts';
import type { UnitForm, UnitView } from './contract/unit.ts';
import type { Services } from './services.ts';
import type { UnitServices } from './services/cases.ts';

export interface UnitParts {
  readonly cases: CaseDesk;
  readonly clock: Clock;
  readonly matrix: () => Matrix;
  readonly incident: (id: IncidentId) => Incident | undefined;
  readonly accountOf: AccountOf;
  readonly regionName: (code: Incident['region']) => string;
  readonly contact: Services['door']['contact'];
  readonly signer: LinkSigner;
  readonly office: string;
  readonly drill: boolean;
}

export interface UnitDesk {
  /** A fresh link for an account that has been asked. */
  link(about: Incident, account: string): LinkRow | undefined;
  sheet(about: Incident, account: string): UnitView | undefined;
  readonly services: UnitServices;
}

const LINK_DAYS = 7;
const DAY = 86_400_000;
const CHOICES = 60;
const iso = (time: number): string => new Date(time).toISOString();

/** 交办单 and signed link: how a unit without sign-in sees its one case, says yes, gives its facts, or names whose it is. */
export function buildUnitDesk(parts: UnitParts): UnitDesk {
  const { cases, clock, incident, accountOf, signer } = parts;
  const nameOf = (id: string): string => nameIn(accountOf)(id);

  const read = (token: string): { link: CaseLink; about: Incident; state: CaseState } | undefined => {
    const link = signer.read(token);
    const about = link && incident(link.incident);
    const state = about && cases.state(about.id);
    return link === undefined || about === undefined || state === undefined ? undefined : { link, about, state };
  };

  const viewOf = (about: Incident, state: CaseState, account: string, expires: number | null): UnitView | undefined => {
    const handoff = state.handoffs.findLast((each) => each.account === account);
    const running = cases.clockOf(state);
    if ((handoff === undefined && state.court.account !== account) || running === undefined) return undefined;
    const stands = standing(state, handoff, account, expires !== null && expires <= clock.now());
    const dispatched = state.dispatched.some(({ to, seq }) => to.includes(account) && seq > state.round.seq);
    const active = stands === 'open' || stands === 'accepted';
    const asker = handoff?.from ?? null;
    const mode = dispatched ? '派警' : handoff === undefined ? '首接' : HANDOFF_MODE_NAMES[handoff.mode];
    return {
      state: stands,
      incident: about.id,
      title: about.title,
      regionName: parts.regionName(about.region),
      kind: about.kind,
      lifeAtRisk: about.lifeAtRisk,
      unit: nameOf(account),
      asked: asker === null ? mode : `${nameOf(asker)}${mode}`,
      askedAt: iso(handoff?.at ?? state.court.since),
      why: handoff?.why ?? null,
      due: iso(handoff?.asked?.due ?? running.dueAt),
      rule: running.rule,
      terms: [...about.terms],
      steps: cases.events(about.id).map((event) => ({ at: iso(event.at), said: tellEvent(event, nameOf) })),
      facts: state.facts.filter((fact) => fact.account === account).map(({ text, at }) => ({ text, at: iso(at) })),
      mayAccept: stands === 'open',
      mayRefuse: stands === 'open' && handoff?.decided !== true && !dispatched,
      mayContact: active && dispatched,
      choices: active ? choicesFor(about, account) : [],
      expires: expires === null ? null : iso(expires),
      office: parts.office,
      drill: parts.drill,
    };
  };

  /** Those of the place, by the order of the rules: the same that a suggestion would choose from. */
  const choicesFor = (about: Incident, account: string): UnitView['choices'] => {
    const { region } = about;
    const suggested = cases.suggestion(about);
    const likely = [suggested.first, ...suggested.then.map((next) => next.account)].filter((id) => id !== null);
    const local = [...parts.matrix().byId.values()]
      .filter((each) => region === null || contains(each.region, region) || contains(region, each.region))
      .map(({ id }) => id);
    return [...new Set([...likely, ...local])]
      .filter((id) => id !== account)
      .slice(0, CHOICES)
      .map((id) => ({ account: id, name: nameOf(id) }));
  };

  const draftOf = (form: UnitForm, account: string, by: Actor): CaseDraft => {
    const base = { at: clock.now(), by, ...(form.why === undefined ? {} : { why: form.why.trim() }) };
    if (form.do === 'accept') return { ...base, act: 'accepted', account };
    if (form.do === 'facts') return { ...base, act: 'factsGiven', account, text: form.text?.trim() ?? '' };
    return { ...base, act: 'refused', account, next: form.next ?? '' };
  };

  return {
    link(about, account) {
      const state = cases.state(about.id);
      if (state === undefined || state.status === 'closed') return undefined;
      if (openOf(state, account) === undefined && state.court.account !== account) return undefined;
      const expires = clock.now() + LINK_DAYS * DAY;
      const token = signer.sign({ incident: about.id, account, expires });
      const path = `${encodeURIComponent(about.id)}/${encodeURIComponent(account)}`;
      return {
        account,
        name: nameOf(account),
        answer: `/answer/${token}`,
        sheet: `/sheet/${path}`,
        expires: iso(expires),
      };
    },
    sheet(about, account) {
      const state = cases.state(about.id);
      return state === undefined ? undefined : viewOf(about, state, account, null);
    },
    services: {
      view(token) {
        const found = read(token);
        return found && viewOf(found.about, found.state, found.link.account, found.link.expires);
      },
      give(token, form) {
        const found = read(token);
        const view = found && viewOf(found.about, found.state, found.link.account, found.link.expires);
        if (found === undefined || view === undefined) return undefined;
        if (view.state !== 'open' && view.state !== 'accepted')
          return { refused: { where: 'link', because: '这个链接已不能再用' } };
        const { account } = found.link;
        const draft = draftOf(form, account, { kind: 'unit', account });
        const acted = cases.act(found.about.id, found.state.seq, draft);
        if ('refused' in acted) return acted;
        if (!('kept' in acted)) return { refused: { where: 'file', because: '刚有人动过此事，请刷新后再试' } };
        return { done: form.do };
      },
      async contact(token) {
        const found = read(token);
        const view = found && viewOf(found.about, found.state, found.link.account, found.link.expires);
        if (found === undefined || view?.mayContact !== true) return undefined;
        const { account } = found.link;
        const sent = found.state.dispatched.findLast(({ to }) => to.includes(account));
        if (sent === undefined) return undefined;
        const ask = { post: sent.plea, who: nameOf(account), why: '派警：凭签名链接查看求助人联系方式' };
        const unit = { id: `link:${account}`, name: nameOf(account), roles: [], scope: only(found.about.id) };
        const plea = await parts.contact(unit, found.about.id, ask);
        if (plea === undefined) return undefined;
        const by = { kind: 'unit', account } as const;
        const shown = { act: 'contactShown', to: account, plea: sent.plea, at: clock.now(), by } as const;
        const first = !found.state.contactShown.some(({ to, plea: which }) => to === account && which === sent.plea);
        if (first) cases.act(found.about.id, cases.state(found.about.id)?.seq ?? 0, shown);
        return plea.title === undefined ? plea.text : `${plea.title}\n${plea.text}`;
      },
    },
  };
}

function standing(
  state: CaseState,
  handoff: Handoff | undefined,
  account: string,
  expired: boolean,
): UnitView['state'] {
  if (state.status === 'closed') return 'closed';
  if (handoff === undefined || isOpen(handoff)) {
    if (expired) return 'expired';
    if (handoff === undefined) return state.court.account === account ? 'open' : 'moved';
    return handoff.state === 'accepted' ? 'accepted' : 'open';
  }
  return handoff.state === 'answered' ? 'done' : 'moved';
}

/** A unit sees the one case of its link. */
const only = (id: IncidentId): Scope => ({ regions: [], incidents: new Set([id]) });
