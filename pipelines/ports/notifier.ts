import type { Incident } from '../domain/incident.ts';
import type { Alert } from '../domain/alert.ts';

/** Tells the screens. At most once a message: what must arrive is read again from the outbox by its sequence. */
export interface Notifier {
  alert(alert: Alert): void;
  incident(incident: Incident): void;
}
