import { type CheckDialogue, dialogueCheck } from '#core/plugin/check-dialogue.ts';
import type { FoundSoFar } from '#core/plugin/check-run.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type ImapCheckConfig } from './config.ts';
import { type Answer, type Session, sessionOf } from './session.ts';

/** The check of one server of mailboxes; what is wrong with it is in what it gives. */
export function imapCheck(config: ImapCheckConfig, context: TargetContext) {
  const checked = { prefix: 'imapcheck', check: checkName(config), address: addressOf(config), options: config };
  const session = sessionOf(config);
  return dialogueCheck(checked, context, (dialogue) => resultOf(session, config, dialogue));
}

async function resultOf(session: Session, config: ImapCheckConfig, around: CheckDialogue): Promise<string> {
  const { connection, found, signal } = around;
  const refusal = connection.refusal();
  if (refusal !== undefined) return refusal;
  const started = performance.now();
  const isGreeted = noted(found, await session.greeting(connection.talk, signal));
  const greeted = performance.now();
  found.values.push({ metric: 'imapcheck_greeting_duration_seconds', value: (greeted - started) / 1_000 });
  if (!isGreeted) return 'greeting';
  const result = await afterGreeting(session, config, around);
  const value = (performance.now() - greeted) / 1_000;
  found.values.push({ metric: 'imapcheck_dialogue_duration_seconds', value });
  if (connection.refusal() === undefined) connection.talk.write(session.farewell);
  return result;
}

async function afterGreeting(session: Session, config: ImapCheckConfig, around: CheckDialogue): Promise<string> {
  const { connection, found, password, signal } = around;
  if (config.security === 'starttls') {
    if (!noted(found, await session.startTls(connection.talk, signal))) return 'starttls';
    await connection.upgrade();
    const refusal = connection.refusal();
    if (refusal !== undefined) return refusal;
  }
  const { username } = config;
  if (username === undefined) return 'ok';
  const login = { username, password };
  if (!noted(found, await session.login(connection.talk, login, signal))) return 'login';
  const { values, ...answer } = await session.look(connection.talk, config.mailbox, signal);
  found.values.push(...values);
  return noted(found, answer) ? 'ok' : 'mailbox';
}

/** Keeps what was said when it is no yes. */
function noted(found: FoundSoFar, { isOk, text }: Answer): boolean {
  if (!isOk) found.reason = text;
  return isOk;
}
