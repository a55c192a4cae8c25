import type { CollectedState } from '#core/plugin/collector.ts';
import { decodeResponse } from './health-message.ts';

/** The state that an answer is; it needs no label `check`. */
export function servingState(body: Buffer): CollectedState {
  return { metric: 'grpccheck_serving', state: decodeResponse(body) };
}

/** For the golden cases: bodies in hex. */
export const parsers = {
  body: (text: string) => ({
    values: [],
    states: [{ ...servingState(Buffer.from(text.trim(), 'hex')), labels: { check: 'case' } }],
  }),
};
