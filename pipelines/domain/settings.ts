/** What an office sets on the page 设置 and may go back to: its own words, its own places, how long texts are kept, the calibration. */
export const SETTING_KINDS = ['taxonomy', 'places', 'retention', 'calibration'] as const;
export type SettingKind = (typeof SETTING_KINDS)[number];

/** One version of one setting. Versions are only ever added: going back is a new one. */
export interface SettingVersion {
  /** From 1, over all kinds. */
  readonly n: number;
  readonly kind: SettingKind;
  /** Epoch ms. */
  readonly at: number;
  /** Name of who did it. */
  readonly by: string;
  readonly why: string;
  /** The whole text in force from then on; null: none, as released. */
  readonly body: string | null;
  /** The version it went back to; null where it was written anew. */
  readonly restores: number | null;
}

export type SettingDraft = Omit<SettingVersion, 'n'>;
