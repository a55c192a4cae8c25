import type { ReactNode } from 'react';
import type { PanelState } from './panel.tsx';

/** The part of a query's answer that decides what a panel shows. */
export type Answer<Data> = {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/**
 * The state of a panel that shows the answer of one request. Data that was there stays when asking again fails, and
 * is called stale; `empty` says what stands there when there is nothing.
 */
export function queryState<Data>(answer: Answer<Data>, empty?: (data: Data) => ReactNode | undefined): PanelState {
  const { data, error, refetch } = answer;
  if (data === undefined) {
    return error === null ? { kind: 'loading' } : { kind: 'error', error, retry: () => void refetch() };
  }
  if (error !== null) return { kind: 'stale', note: `Not up to date: ${error.message}` };
  const children = empty?.(data);
  return children === undefined ? { kind: 'ready' } : { kind: 'empty', children };
}
