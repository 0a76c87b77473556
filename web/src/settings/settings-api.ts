import type * as settings from '../../../server/contract/settings.ts';
import type * as keeping from '../../../server/contract/settings-keeping.ts';
import { read } from '../live/api.ts';

/** The settings over HTTP, one function a question. @throws ReadFailed */
export const settingsApi = {
  taxonomy: () => read<settings.TaxonomyPage>('settings/taxonomy'),
  tryTaxonomy: (ask: settings.TaxonomyTry) => read<settings.TaxonomyTried>('settings/taxonomy/try', ask),
  saveTaxonomy: (ask: settings.TaxonomyAsk) => read<settings.VersionKept>('settings/taxonomy', ask),
  restoreTaxonomy: (ask: settings.RestoreAsk) => read<settings.VersionKept>('settings/taxonomy/restore', ask),
  places: () => read<settings.PlacesPage>('settings/places'),
  regions: (text: string) => read<settings.RegionHit[]>(`settings/regions?q=${encodeURIComponent(text)}`),
  tryPlaces: (ask: settings.PlacesTry) => read<settings.PlacesTried>('settings/places/try', ask),
  savePlaces: (ask: settings.PlacesAsk) => read<settings.VersionKept>('settings/places', ask),
  restorePlaces: (ask: settings.RestoreAsk) => read<settings.VersionKept>('settings/places/restore', ask),
  retention: () => read<keeping.RetentionPage>('settings/retention'),
  previewRetention: (days: number) => read<keeping.RetentionPreview>('settings/retention/preview', { days }),
  saveRetention: (ask: keeping.RetentionAsk) => read<settings.VersionKept>('settings/retention', ask),
  restoreRetention: (ask: settings.RestoreAsk) => read<settings.VersionKept>('settings/retention/restore', ask),
  findToErase: (ask: keeping.EraseTry) => read<keeping.EraseFound>('settings/erase/preview', ask),
  erase: (ask: keeping.EraseAsk) => read<keeping.EraseFound>('settings/erase', ask),
  models: () => read<keeping.ModelsPage>('settings/models'),
  cases: (query: string) => read<keeping.CasesList>(`settings/models/cases?${query}`),
  previewCalibration: (precision: number) =>
    read<keeping.CalibrationPreview>('settings/models/calibration/preview', { precision }),
  saveCalibration: (ask: keeping.CalibrationAsk) => read<settings.VersionKept>('settings/models/calibration', ask),
  restoreCalibration: (ask: settings.RestoreAsk) =>
    read<settings.VersionKept>('settings/models/calibration/restore', ask),
};
