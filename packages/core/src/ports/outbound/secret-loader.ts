/** The outbound port through which the domain gets a secret value. */

/** Loads one secret value of type `T`. */
export interface SecretLoader<T> {
  /**
   * The value, possibly as it was read some time ago.
   * @throws {SecretUnavailableError} when no value could be read.
   */
  load(): Promise<T>;

  /**
   * The value, read anew: for a caller who found the last one to be stale.
   * @throws {SecretUnavailableError} when no value could be read.
   */
  refresh(): Promise<T>;
}
