import type { IncidentId } from '../domain/incident.ts';

/** What a signed link opens: one case, for one unit, until a time (epoch ms). */
export interface CaseLink {
  readonly incident: IncidentId;
  readonly account: string;
  readonly expires: number;
}

/** Links that open without sign-in. Nobody but the holder of the key can make one, or change whom it is for. */
export interface LinkSigner {
  sign(link: CaseLink): string;
  /** Undefined where it was not signed here or was changed. Expired ones are read: that is for the caller to say. */
  read(token: string): CaseLink | undefined;
}
