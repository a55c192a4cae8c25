import { CollectError } from '#core/plugin/collect-error.ts';

/** What statements that only read begin with. */
const READS = ['SELECT', 'WITH', 'SHOW', 'VALUES', 'TABLE', 'EXPLAIN', 'DESCRIBE', 'DESC', 'PRAGMA'];
const COMMENTS = /^(?:\s+|--[^\n]*(?:\n|$)|#[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()+/;

/**
 * Refuses what does not begin as a statement that reads, with `answer`. This is no protection, which is the read-only
 * transaction and the rights of the user; it stops what transactions do not: settings, shutdown, locks.
 */
export function checkReads(text: string): void {
  const word = /^\w*/.exec(text.replace(COMMENTS, ''))?.[0] ?? '';
  if (READS.includes(word.toUpperCase())) return;
  const found = word === '' ? 'nothing' : word;
  throw new CollectError('answer', `a query begins with ${READS.slice(0, 4).join(', ')} …; this one with ${found}`);
}
