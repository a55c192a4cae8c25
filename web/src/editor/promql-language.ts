import { autocompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';

/** PromQL: colours, and completion from our own Prometheus API. What is wrong the server says, for all languages alike. */
export function promqlExtension(): Extension {
  const promql = new PromQLExtension().activateLinter(false).setComplete({
    remote: { url: '', apiPrefix: '/api/v1', httpMethod: 'GET', fetchFn: (input, init) => fetch(input, init) },
  });
  return [promql.asExtension(), autocompletion({ icons: false, activateOnTyping: true })];
}
