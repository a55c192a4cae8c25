import { type CheckDialogue, dialogueCheck } from '#core/plugin/check-dialogue.ts';
import type { FoundSoFar } from '#core/plugin/check-run.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, filterOf, type LdapCheckConfig } from './config.ts';
import { readResult } from './dialogue.ts';
import { bindRequest, searchRequest, startTlsRequest, unbindRequest } from './messages.ts';

const SUCCESS = 0;
/** More entries than were asked for, which is enough. */
const SIZE_LIMIT_EXCEEDED = 4;
const TIME_LIMIT_S = 10;

/** The check of one directory; what is wrong with it is in what it gives. */
export function ldapCheck(config: LdapCheckConfig, context: TargetContext) {
  const checked = { prefix: 'ldapcheck', check: checkName(config), address: addressOf(config), options: config };
  return dialogueCheck(checked, context, (dialogue) => resultOf(config, dialogue));
}

async function resultOf(config: LdapCheckConfig, around: CheckDialogue): Promise<string> {
  const { connection, found, password, signal } = around;
  const refusal = connection.refusal();
  if (refusal !== undefined) return refusal;
  if (config.security === 'starttls') {
    if ((await ask(around, 1, startTlsRequest(1))).code !== SUCCESS) return 'starttls';
    await connection.upgrade();
    const late = connection.refusal();
    if (late !== undefined) return late;
  }
  const bound = await timed(found, 'bind', ask(around, 2, bindRequest(2, config.username ?? '', password)));
  if (bound.code !== SUCCESS) return 'login';
  const { base, scope, minEntries } = config;
  const sizeLimit = Math.max(minEntries, 1);
  const wanted = { base, scope, ...filterOf(config), sizeLimit, timeLimitS: TIME_LIMIT_S };
  const { code, entries } = await timed(found, 'search', ask(around, 3, searchRequest(3, wanted)));
  found.values.push({ metric: 'ldapcheck_entries', value: entries });
  if (!signal.aborted) connection.talk.write(unbindRequest(4));
  if (code !== SUCCESS && code !== SIZE_LIMIT_EXCEEDED) return 'search';
  return entries < minEntries ? 'entries' : 'ok';
}

/** Sends a request and reads to the end of its operation; notes the code that came last. */
async function ask({ connection, found, signal }: CheckDialogue, id: number, request: Buffer) {
  connection.talk.write(request);
  const result = await readResult(connection.talk, id, signal);
  const before = found.values.findIndex(({ metric }) => metric === 'ldapcheck_result_code');
  if (before >= 0) found.values.splice(before, 1);
  found.values.push({ metric: 'ldapcheck_result_code', value: result.code });
  if (result.code !== SUCCESS) found.reason = `result ${result.code} ${result.text}`;
  return result;
}

async function timed<Value>(found: FoundSoFar, name: string, wait: Promise<Value>): Promise<Value> {
  const started = performance.now();
  const value = await wait;
  const seconds = (performance.now() - started) / 1_000;
  found.values.push({ metric: `ldapcheck_${name}_duration_seconds`, value: seconds });
  return value;
}
