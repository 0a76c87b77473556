/** The one place time comes from. Judgements ask it; only server/adapters/system-clock.ts asks the machine. */
export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
}
