import { parseCounter } from '#core/counters/counter.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue } from '#core/plugin/collector.ts';

/** The page of ngx_http_stub_status_module; Tengine adds a fourth counter, the time of requests, which is left out. */
const PAGE =
  /^Active connections: (\d+)\s+server accepts handled requests(?: request_time)?\s+(\d+) (\d+) (\d+)(?: \d+)?\s+Reading: (\d+) Writing: (\d+) Waiting: (\d+)/;

/** Throws `protocol` for another page. */
export function parseStubStatus(page: string): readonly CollectedValue[] {
  const match = PAGE.exec(page);
  if (match === null) {
    const begin = JSON.stringify(page.slice(0, 60));
    throw new CollectError('protocol', `this is no page of stub_status; it begins with ${begin}`);
  }
  const [active, accepted, handled, requests, reading, writing, waiting] = match.slice(1).map(parseCounter);
  const states = { active, reading, writing, waiting };
  const counters = { connections_accepted: accepted, connections_handled: handled, requests };
  return [
    ...Object.entries(states).map(([state, value = Number.NaN]) => {
      return { metric: 'nginx_connections_current', labels: { state }, value };
    }),
    ...Object.entries(counters).map(([name, value = Number.NaN]) => ({ metric: `nginx_${name}_total`, value })),
  ];
}

/** For the golden cases. */
export const parsers = { 'stub-status': parseStubStatus };
