import { keyValues } from '#parsing/extract/key-values.ts';
import { nameIn } from '#parsing/field-names.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const HEAD = /^(?:node=(\S+) )?type=(\S+) msg=audit\((\d+\.\d+):(\d+)\): ?/;
const HEX = /^(?:[0-9A-F]{2})+$/;
const TEXT_FIELDS = new Set('exe cmd proctitle comm name data acct cwd a0 a1 a2 a3 a4 a5 a6 a7 a8 a9'.split(' '));
const NAMES: Readonly<Record<string, string>> = {
  pid: 'process.pid',
  ppid: 'process.parent.pid',
  exe: 'process.executable',
  comm: 'process.name',
  exit: 'process.exit_code',
  cwd: 'process.working_directory',
  uid: 'user.id',
  euid: 'user.effective.id',
  suid: 'user.saved.id',
  fsuid: 'user.filesystem.id',
  gid: 'user.group.id',
  egid: 'user.effective.group.id',
  sgid: 'user.saved.group.id',
  fsgid: 'user.filesystem.group.id',
  auid: 'user.audit.id',
  acct: 'user.name',
  addr: 'source.ip',
  terminal: 'user.terminal',
  res: 'event.outcome',
  src: 'source.ip',
  dst: 'destination.ip',
  user: 'user.name',
}; // prettier-ignore
const ACTIONS: Readonly<Record<string, string>> = {
  DAEMON_START: 'started-audit',
  DAEMON_END: 'shutdown-audit',
  CONFIG_CHANGE: 'changed-audit-configuration',
  SERVICE_START: 'started-service',
  SERVICE_STOP: 'stopped-service',
  SYSTEM_BOOT: 'booted-system',
  SYSTEM_SHUTDOWN: 'shutdown-system',
  USER_START: 'started-session',
  USER_END: 'ended-session',
  CRED_ACQ: 'acquired-credentials',
  CRED_DISP: 'disposed-credentials',
  CRED_REFR: 'refreshed-credentials',
  USER_CMD: 'ran-command',
  LOGIN: 'changed-login-id-to',
  CRYPTO_KEY_USER: 'negotiated-crypto-key',
  CRYPTO_SESSION: 'started-crypto-session',
  USER_AUTH: 'authenticated',
  USER_ACCT: 'was-authorized',
  USER_LOGIN: 'logged-in',
  USER_LOGOUT: 'logged-out',
  USER_ERR: 'error',
  TTY: 'typed',
  USER_TTY: 'typed',
  SOFTWARE_UPDATE: 'package-updated',
  KERN_MODULE: 'loaded-kernel-module',
  VIRT_CONTROL: 'issued-vm-control',
  VIRT_MACHINE_ID: 'assigned-vm-id',
  VIRT_RESOURCE: 'assigned-vm-resource',
  ADD_GROUP: 'added-group-account-to',
  DEL_GROUP: 'deleted-group-account-from',
  ADD_USER: 'added-user-account',
  DEL_USER: 'deleted-user-account',
  USER_CHAUTHTOK: 'changed-password',
  USER_MGMT: 'modified-user-account',
  GRP_MGMT: 'modified-group-account',
  ANOM_ABEND: 'crashed-program',
  ANOM_PROMISCUOUS: 'changed-promiscuous-mode-on-device',
  MAC_STATUS: 'changed-selinux-enforcement',
  MAC_POLICY_LOAD: 'loaded-selinux-policy',
  USER_AVC: 'access-permission',
}; // prettier-ignore
const ARCHITECTURES: Readonly<Record<string, string>> = {
  c000003e: 'x86_64',
  '40000003': 'i386',
  c00000b7: 'aarch64',
  '40000028': 'arm',
};

/** Linux' audit log: one record a line, values in hexadecimals resolved, the pairs within `msg='…'` as fields of the record. */
export const auditd: LogFormat = {
  id: 'auditd',
  read: (text, draft) => {
    const match = HEAD.exec(text.slice(0, 400));
    if (match === null) return false;
    const [head, node, type = '', seconds, sequence] = match;
    draft.t = Math.round(Number(seconds) * 1000);
    draft.service ||= 'auditd';
    draft.host ||= node ?? '';
    draft.put('auditd.record_type', type);
    draft.put('auditd.sequence', sequence);
    draft.put('auditd.node', node);
    draft.fields.push('event.action', nameIn(ACTIONS, type) ?? type.toLowerCase());
    const args: string[] = [];
    const rest = text.slice(head.length);
    const message = rest.indexOf("msg='");
    const plain = message < 0 ? rest : rest.slice(0, message);
    putPairs(plain.replace(/\b(old|new) (auid|ses)=/g, '$1_$2='), { type, args }, draft);
    if (message >= 0) putPairs(rest.slice(message + 5, rest.lastIndexOf("'")), { type, args }, draft);
    if (type === 'EXECVE') draft.put('process.executable', args[0]);
    if (args.length > 0)
      draft.fields.push('process.args', JSON.stringify(args), 'process.args_count', String(args.length));
    const failed =
      /^(no|0|failed)$/.test(draft.get('event.outcome') ?? draft.get('auditd.success') ?? '') ||
      type.startsWith('ANOM');
    draft.severity = failed || /^avc: +denied/.test(rest) ? 13 : 9;
    return true;
  },
};

type Pairs = { readonly type: string; readonly args: string[] };

function putPairs(text: string, record: Pairs, draft: LogDraft): void {
  keyValues(text, { pair: ' ', value: '=' }, (name, raw) => {
    if (raw === '?' || raw === '(null)' || raw === '') return;
    const value = TEXT_FIELDS.has(name) && HEX.test(raw) && raw.length > 3 ? unhex(raw) : raw;
    if (record.type === 'EXECVE' && /^a\d+$/.test(name)) return void record.args.push(value);
    if (name === 'argc') return;
    if (name === 'cmd') return void record.args.push(...value.split(' '));
    if (name === 'arch') return draft.put('host.architecture', nameIn(ARCHITECTURES, value) ?? value);
    if (name === 'success') return void draft.fields.push('auditd.success', value);
    draft.fields.push(nameIn(NAMES, name) ?? `auditd.${name}`, value);
  });
}

function unhex(text: string): string {
  const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes).replaceAll('\0', ' ').trimEnd();
}
