import type { Mute } from '../domain/mute.ts';

/** Mutes, each with who, why and until when. None is removed: one that ends is kept as ended. */
export interface MuteBook {
  add(mute: Omit<Mute, 'id' | 'ended'>): Mute;
  /** False where there is none, or it has ended already. */
  end(id: number, by: string, at: number): boolean;
  /** Newest first. */
  list(limit: number): readonly Mute[];
}
