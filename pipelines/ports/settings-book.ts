import type { SettingDraft, SettingKind, SettingVersion } from '../domain/settings.ts';

export type SettingKept =
  | { readonly kept: readonly SettingVersion[] }
  /** Somebody was quicker: nothing was kept, this is the version that stands. */
  | { readonly meanwhile: SettingVersion };

/** Every version of every setting that was made on the page. None is changed or removed. */
export interface SettingsBook {
  /**
   * Keeps these versions of one kind together, oldest first, where `seen` is the newest of that kind (0: none); they are on disk
   * before this answers.
   */
  keep(seen: number, drafts: readonly SettingDraft[]): SettingKept;
  /** Newest first. */
  list(kind: SettingKind, limit: number): readonly SettingVersion[];
  newest(kind: SettingKind): SettingVersion | undefined;
  get(n: number): SettingVersion | undefined;
  close(): void;
}
