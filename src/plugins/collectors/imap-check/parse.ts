import type { CollectedValue } from '#core/plugin/collector.ts';

const NAMES: Readonly<Record<string, string>> = {
  MESSAGES: 'imapcheck_messages',
  UNSEEN: 'imapcheck_unseen_messages',
};

/** Series of an answer to STATUS (RFC 9051 §7.3.4): `* STATUS INBOX (MESSAGES 3 UNSEEN 1)`. */
export function parseStatus(line: string): CollectedValue[] {
  const [, items = ''] = /^\* STATUS .*\(([^()]*)\)\s*$/i.exec(line) ?? [];
  return [...items.matchAll(/([A-Z]+) (\d+)/gi)].flatMap(([, name = '', value]) => {
    const metric = NAMES[name.toUpperCase()];
    return metric === undefined ? [] : [{ metric, value: Number(value) }];
  });
}

/** Series of an answer to STAT (RFC 1939 §5): `+OK 3 4711`. */
export function parseStat(line: string): CollectedValue[] {
  const [, count, size] = /^\+OK (\d+) (\d+)/i.exec(line) ?? [];
  if (count === undefined || size === undefined) return [];
  return [
    { metric: 'imapcheck_messages', value: Number(count) },
    { metric: 'imapcheck_mailbox_size_bytes', value: Number(size) },
  ];
}

/** For the golden cases. */
export const parsers = { status: parseStatus, stat: parseStat };
