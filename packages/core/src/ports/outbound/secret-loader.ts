/** The outbound port through which the domain gets a secret value. */

/** Loads one secret value of type `T`. */
export interface SecretLoader<T> {
  /**
   * The value; it may be a cached one.
   * @throws {SecretUnavailableError} when no value could be read.
   */
  load(): Promise<T>;

  /**
   * The value, read again: for a caller that found the last one to be stale.
   * @throws {SecretUnavailableError} when no value could be read.
   */
  refresh(): Promise<T>;
}
