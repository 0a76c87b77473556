import type { ChannelAbout, ChannelTarget } from '../domain/notify-channel.ts';

export type ChannelEntry = Omit<ChannelAbout, 'kind' | 'host' | 'lastFour' | 'signed'> & {
  readonly target: ChannelTarget;
};
export type ChannelChange = Partial<Omit<ChannelEntry, 'id' | 'changedAt' | 'changedBy'>> &
  Pick<ChannelEntry, 'changedAt' | 'changedBy'>;

/** The channels of a deployment. Where they lead is sealed on disk and comes out only to be sent to. */
export interface ChannelBook {
  /** False where the id or the name is taken. */
  add(entry: ChannelEntry): boolean;
  /** False where there is no such channel, or the new name is taken. */
  change(id: string, change: ChannelChange): boolean;
  remove(id: string): boolean;
  list(): readonly ChannelAbout[];
  /** undefined where there is no such channel. */
  target(id: string): ChannelTarget | undefined;
}
