/**
 * The deployment's own secrets. Keys change with the epoch and old ones are destroyed, so a pseudonym links the posts of one
 * author for a while and then no more.
 */
export interface Pseudonyms {
  /** The pseudonym of a value under the key of now: `e<epoch>-` and 32 hex digits. */
  keyed(value: string): string;
  /** The same value under every key that still exists, oldest first. */
  everyKeyed(value: string): readonly string[];
  /** Text that only this deployment can read, and only until its key is destroyed. */
  seal(text: string): string;
  /** What was sealed; undefined once its key is gone. */
  unseal(sealed: string): string | undefined;
  /** The epochs of keys whose time is over, where a key is kept so many days after its epoch; as configured where left out. */
  old(keepDays?: number): readonly number[];
  /** Destroys those; answers their epochs. */
  destroyOld(keepDays?: number): readonly number[];
}
