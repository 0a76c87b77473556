/** Too many wait to be checked; come back in a few seconds. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** Slow on purpose and off the main thread. @throws PasswordsBusy */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** `kept` null (nobody of that name) takes as long as a wrong password, and is never right. */
  check(kept: string | null, password: string): Promise<boolean>;
}
