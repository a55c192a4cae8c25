import type { CheckDialogue } from '#core/plugin/check-dialogue.ts';
import { command, type Reply, readReply } from '#core/plugin/start-tls.ts';
import type { SmtpCheckConfig } from './config.ts';
import { extensionValues, parseExtensions } from './parse.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Talks with a mail server as far as the options go; gives what went wrong first, or `ok`. */
export class SmtpDialogue {
  readonly #config: SmtpCheckConfig;
  readonly #around: CheckDialogue;
  #extensions: ReadonlyMap<string, readonly string[]> = new Map();
  #last: Reply | undefined;

  constructor(config: SmtpCheckConfig, around: CheckDialogue) {
    this.#config = config;
    this.#around = around;
  }

  async run(): Promise<string> {
    const { connection, found } = this.#around;
    const refusal = connection.refusal();
    if (refusal !== undefined) return refusal;
    const started = performance.now();
    const greeting = await this.#heard(readReply(connection.talk, this.#around.signal));
    const greeted = performance.now();
    found.values.push({ metric: 'smtpcheck_greeting_duration_seconds', value: (greeted - started) / 1_000 });
    const result = greeting.code === 220 ? await this.#afterGreeting() : 'greeting';
    const value = (performance.now() - greeted) / 1_000;
    found.values.push({ metric: 'smtpcheck_dialogue_duration_seconds', value });
    if (this.#last !== undefined) found.values.push({ metric: 'smtpcheck_reply_code', value: this.#last.code });
    if (result !== 'ok') found.reason = `${this.#last?.code} ${this.#last?.lines.join(' ')}`;
    if (connection.refusal() === undefined) connection.talk.write('QUIT\r\n');
    return result;
  }

  async #afterGreeting(): Promise<string> {
    const { security, username, recipient } = this.#config;
    const { connection, found } = this.#around;
    if (!(await this.#greets())) return 'ehlo';
    found.values.push(...extensionValues(this.#extensions));
    if (security === 'starttls') {
      if ((await this.#say('STARTTLS')).code !== 220) return 'starttls';
      await connection.upgrade();
      const refusal = connection.refusal();
      if (refusal !== undefined) return refusal;
      if (!(await this.#greets())) return 'ehlo';
    }
    if (username !== undefined && !(await this.#logsIn(username))) return 'login';
    return recipient === undefined || (await this.#takes(recipient)) ? 'ok' : 'recipient';
  }

  async #greets(): Promise<boolean> {
    const { code, lines } = await this.#say(`EHLO ${this.#config.helo}`);
    this.#extensions = parseExtensions(lines);
    return code === 250;
  }

  /** RFC 4954; LOGIN where the server knows nothing else. */
  async #logsIn(username: string): Promise<boolean> {
    const { password } = this.#around;
    const ways = this.#extensions.get('AUTH') ?? [];
    if (ways.includes('PLAIN') || !ways.includes('LOGIN')) {
      return (await this.#say(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`)).code === 235;
    }
    if ((await this.#say('AUTH LOGIN')).code !== 334) return false;
    if ((await this.#say(base64(username))).code !== 334) return false;
    return (await this.#say(base64(password))).code === 235;
  }

  async #takes(recipient: string): Promise<boolean> {
    if ((await this.#say(`MAIL FROM:<${this.#config.sender}>`)).code !== 250) return false;
    return [250, 251].includes((await this.#say(`RCPT TO:<${recipient}>`)).code);
  }

  #say(line: string): Promise<Reply> {
    return this.#heard(command(this.#around.connection.talk, line, this.#around.signal));
  }

  async #heard(reply: Promise<Reply>): Promise<Reply> {
    this.#last = await reply;
    return this.#last;
  }
}
