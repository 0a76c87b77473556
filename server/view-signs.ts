import type { Incident } from '../pipelines/domain/incident.ts';
import type { IncidentFile } from './contract/http.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** The signs of an incident's burst and its claim, where it has them. */
export function signsOf({ burst, claim }: Incident): Pick<IncidentFile, 'burst' | 'claim'> {
  return {
    ...(burst === undefined
      ? {}
      : {
          burst: {
            ...burst,
            because: [...burst.because],
            curve: burst.curve.map(({ at, ...row }) => ({ at: iso(at), ...row })),
          },
        }),
    ...(claim === undefined
      ? {}
      : {
          claim: {
            ...claim,
            firstAt: iso(claim.firstAt),
            variants: claim.variants.map(({ firstAt, ...row }) => ({ ...row, firstAt: iso(firstAt) })),
            curve: claim.curve.map(({ at, ...row }) => ({ at: iso(at), ...row })),
          },
        }),
  };
}
