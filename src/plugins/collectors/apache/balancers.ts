import type { CollectedState, CollectedValue } from '#core/plugin/collector.ts';
import type { MEMBER_STATES } from './metrics.ts';

type MemberState = (typeof MEMBER_STATES)[number];

const LINE = /^ProxyBalancer\[(\d+)\](?:Worker\[(\d+)\])?(\w+)$/;
/** What the page says of a member, worst first; several can stand there at once. */
const STATES: readonly (readonly [word: RegExp, state: MemberState])[] = [
  [/\b(?:Err|HcFl)\b/, 'error'],
  [/\bStop\b/, 'stopped'],
  [/\bDis\b/, 'disabled'],
  [/\bDrn\b/, 'draining'],
  [/\bStby\b/, 'standby'],
  [/\bSpar\b/, 'spare'],
  [/\bOk\b/, 'ok'],
];
const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Members of mod_proxy_balancer in the lines of the page (`ProxyStatus On`). */
export function parseBalancers(lines: ReadonlyMap<string, string>): {
  readonly values: readonly CollectedValue[];
  readonly states: readonly CollectedState[];
} {
  const names = new Map<string, string>();
  const members = new Map<string, Map<string, string>>();
  for (const [line, text] of lines) {
    const [, balancer, worker, what] = LINE.exec(line) ?? [];
    if (balancer === undefined || what === undefined) continue;
    if (worker === undefined) names.set(balancer, text.replace(/^balancer:\/\//, ''));
    else
      members.set(
        `${balancer} ${worker}`,
        (members.get(`${balancer} ${worker}`) ?? new Map<string, string>()).set(what, text),
      );
  }
  const all = [...members].map(([key, member]) => readMember(names.get(key.split(' ')[0] ?? '') ?? '', member));
  return { values: all.flatMap(({ values }) => values), states: all.flatMap(({ states }) => states) };
}

function readMember(balancer: string, member: ReadonlyMap<string, string>) {
  const labels = { balancer, member: member.get('Name') ?? '' };
  const figure = (metric: string, text: string | undefined, more = {}): CollectedValue[] => {
    const value = bytesOf(text ?? '');
    return Number.isFinite(value) ? [{ metric, labels: { ...labels, ...more }, value }] : [];
  };
  const status = member.get('Status') ?? '';
  const state = STATES.find(([word]) => word.test(status))?.[1];
  return {
    values: [
      ...figure('apache_balancer_elected_total', member.get('Elected')),
      ...figure('apache_balancer_busy', member.get('Busy')),
      ...figure('apache_balancer_traffic_bytes_total', member.get('Sent'), { direction: 'sent' }),
      ...figure('apache_balancer_traffic_bytes_total', member.get('Rcvd'), { direction: 'received' }),
    ],
    states: state === undefined ? [] : [{ metric: 'apache_balancer_member', labels, state }],
  };
}

/** `12`, `3K`, `1.5M`; NaN for what is no number. */
function bytesOf(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([KMGT]?)$/.exec(text) ?? [];
  return number === '' ? Number.NaN : Number(number) * (UNITS[unit] ?? Number.NaN);
}
