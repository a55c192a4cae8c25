import { messageOf } from '#core/errors.ts';
import { CollectError } from '#core/plugin/collect-error.ts';

/** What a connection threw, as a `CollectError` that names the target; what is one already, and an abort, stay. */
export function connectionFault(error: unknown, target: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof CollectError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isProtocol = code.startsWith('HPE_') || code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code.startsWith('Z_');
  return new CollectError(isProtocol ? 'protocol' : 'unreachable', `${target}: ${reasonOf(error)}`, { cause: error });
}

/** Node reports all addresses of a name that failed as one error without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return messageOf(error);
}
