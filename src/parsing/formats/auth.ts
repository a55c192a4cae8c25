import { nameIn } from '#parsing/field-names.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const LOGIN =
  /^(Accepted|Failed|Postponed|Invalid) (\S+)(?: for| user)? (?:(invalid user) )?(\S*) ?from (\S+)(?: port (\d+))?(?: ssh2)?(?:: (.*))?/;
const INVALID =
  /^(Invalid user|Disconnected from(?: authenticating| invalid)? user|Connection (?:closed|reset) by(?: authenticating| invalid)? user) (\S*) ?(?:from )?(\S+?)(?: port (\d+))?(?: |$)/;
const DROPPED =
  /^(?:Did not receive identification string from|Connection (?:closed|reset) by|Received disconnect from|Disconnected from) (\S+?)(?: port (\d+)|:|$| )/;
const SESSION =
  /^(pam_\w+)\(([^)]*)\): session (opened|closed) for user ([^\s(]+)(?:\(uid=(\d+)\))?(?: by ([^\s(]*)\(uid=(\d+)\))?/;
const FAILURE = /^(pam_\w+)\(([^)]*)\): authentication failure; (.*)$/;
const SUDO = /^\s*(\S+) : (?:(.*?) ; )?TTY=(\S+) ; PWD=(.*?) ; USER=(\S+) ;(?: GROUP=\S+ ;)?(?: ENV=.*? ;)? COMMAND=/;
const NEW = /^new (user|group): name=([^,]+), (.*)$/;

/** sshd, sudo, su, PAM, useradd and their kind, as messages of syslog. */
export const auth: LogFormat = {
  id: 'auth',
  read: (text, draft) => {
    const head = text.slice(0, 1_024);
    return readSsh(head, draft) || readPam(head, draft) || readSudo(text, head, draft) || readAccount(head, draft);
  },
};

function outcome(draft: LogDraft, action: string, success: boolean): void {
  draft.fields.push('event.action', action, 'event.outcome', success ? 'success' : 'failure');
  if (!success && draft.severity < 13) draft.severity = 13;
}

function readSsh(text: string, draft: LogDraft): boolean {
  const login = LOGIN.exec(text);
  if (login !== null && login[1] !== 'Invalid') {
    const [, event = '', method, invalid, user, ip, port, signature] = login;
    outcome(draft, 'ssh_login', event === 'Accepted');
    draft.put('ssh.event', event);
    draft.put('ssh.method', method);
    if (invalid !== undefined) draft.put('ssh.invalid_user', 'true');
    putClient(draft, user, ip, port);
    draft.put('ssh.signature', signature);
    return true;
  }
  const invalid = INVALID.exec(text);
  if (invalid !== null) {
    const [, event = '', user, ip, port] = invalid;
    if (event.startsWith('Invalid')) outcome(draft, 'ssh_login', false);
    draft.put('ssh.event', event.split(' ')[0]);
    putClient(draft, user, ip, port);
    return true;
  }
  const dropped = DROPPED.exec(text);
  if (dropped !== null) putClient(draft, undefined, dropped[1], dropped[2]);
  const subsystem = /^subsystem request for \S+ by user (\S+)/.exec(text);
  draft.put('user.name', subsystem?.[1]);
  return dropped !== null || subsystem !== null;
}

function putClient(draft: LogDraft, user: string | undefined, ip: string | undefined, port: string | undefined): void {
  draft.put('user.name', user);
  draft.put('source.ip', ip);
  draft.put('source.port', port);
}

function readPam(text: string, draft: LogDraft): boolean {
  const session = SESSION.exec(text);
  if (session !== null) {
    const [, module, origin, state, user, , by = '', byId] = session;
    draft.put('pam.module', module);
    draft.put('pam.origin', origin);
    draft.put('pam.session_state', state);
    draft.put('user.name', by === '' ? user : by);
    if (byId !== undefined) draft.put('user.effective.name', user);
    draft.put('user.id', byId);
    return true;
  }
  const failure = FAILURE.exec(text);
  if (failure === null) return false;
  outcome(draft, 'authentication', false);
  draft.put('pam.module', failure[1]);
  draft.put('pam.origin', failure[2]);
  for (const [, name, value] of (failure[3] ?? '').matchAll(/\b(rhost|user|ruser|tty|uid|euid)=(\S+)/g)) {
    draft.put(name === 'user' ? 'user.name' : name === 'rhost' ? 'source.address' : `pam.${name}`, value);
  }
  return true;
}

function readSudo(text: string, head: string, draft: LogDraft): boolean {
  const match = SUDO.exec(head);
  if (match === null) return false;
  const [whole, user, reason, tty, pwd, target] = match;
  draft.put('user.name', user);
  draft.put('user.effective.name', target);
  draft.put('sudo.tty', tty);
  draft.put('sudo.pwd', pwd);
  draft.put('sudo.command', text.slice(whole.length));
  draft.put('sudo.error', reason);
  if (reason !== undefined) outcome(draft, 'sudo', false);
  return true;
}

const ACCOUNT_FIELDS: Readonly<Record<string, string>> = {
  UID: 'user.id',
  GID: 'group.id',
  home: 'useradd.home',
  shell: 'useradd.shell',
};

function readAccount(text: string, draft: LogDraft): boolean {
  const match = NEW.exec(text);
  if (match === null) return false;
  outcome(draft, `added-${match[1] ?? ''}-account`, true);
  draft.put(`${match[1] ?? ''}.name`, match[2]);
  for (const [, name = '', value] of (match[3] ?? '').matchAll(/(\w+)=([^,]*)/g))
    draft.put(nameIn(ACCOUNT_FIELDS, name) ?? `useradd.${name}`, value);
  return true;
}
