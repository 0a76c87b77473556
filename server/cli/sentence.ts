import { InboxFull } from '../../pipelines/ports/inbox.ts';
import { isDiskFault } from '../adapters/sqlite/open-db.ts';

/** What a fault that ends a command says to people, in one sentence with the remedy. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InboxFull || !isDiskFault(error)) return message;
  return (
    `${message}: the disk that holds the data folder (WENBIDA_VAR) is full or can't be written. ` +
    'Free space on it and start again: what was accepted is kept, and goes on from where it was.'
  );
}
