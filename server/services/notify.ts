import type { Viewer } from '../../pipelines/domain/person.ts';
import type { SayDone } from '../../pipelines/ports/audit-log.ts';
import type { ChannelAsk, ChannelIs, ChannelsPage, TestAnswer } from '../contract/notify.ts';
import type { MuteAsk, MuteRow, NotePage, OnCallPage, RulesAsk, ShiftAsk, ShiftRow } from '../contract/on-call.ts';

/** What a person asked for can't be: which part of it, and why. */
export type NotifyRefused = { readonly refused: { readonly where: string; readonly because: string } };

/** Telling people: channels, deliveries, mutes, shifts and calls. False and undefined: there is no such thing to be seen. */
export interface NotifyServices {
  channelsPage(viewer: Viewer): ChannelsPage;
  /** Every change of a setting says in words what it was, for the trail. */
  saveChannel(viewer: Viewer, ask: ChannelAsk, say: SayDone): ChannelIs | NotifyRefused | undefined;
  removeChannel(id: string, say: SayDone): boolean | NotifyRefused;
  /** Sends a word at once and answers what the receiver said. */
  test(viewer: Viewer, id: string): Promise<TestAnswer | undefined>;
  resend(ids: readonly number[]): number;
  onCallPage(viewer: Viewer): OnCallPage;
  note(viewer: Viewer, span?: { readonly from: number; readonly to: number }): NotePage;
  saveShift(ask: ShiftAsk, say: SayDone): ShiftRow | NotifyRefused | undefined;
  removeShift(id: number, say: SayDone): boolean;
  saveRules(viewer: Viewer, ask: RulesAsk, say: SayDone): true | NotifyRefused;
  mute(viewer: Viewer, ask: MuteAsk, say: SayDone): MuteRow | NotifyRefused;
  endMute(viewer: Viewer, id: number, say: SayDone): boolean;
  /** 接手: nobody else is called. */
  take(viewer: Viewer, incident: string): boolean;
}
