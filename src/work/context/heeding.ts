/** A promise that is rejected with the signal's reason when it aborts before `begin` has settled it. */
export function heeding<Value>(
  signal: AbortSignal,
  begin: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const giveUp = (): void => reject(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  begin(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', giveUp));
}
