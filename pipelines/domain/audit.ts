/** `asked` is written before the act, so that none goes unwritten; `done`, `refused` or `failed` once it is known. */
export const AUDIT_OUTCOMES = ['asked', 'done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
