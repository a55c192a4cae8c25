import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account a child of root runs under. */
export type RunUser = { readonly name: string; readonly uid: number; readonly gid: number };

const PREFERRED = ['postgres', 'nobody'];

/** The unprivileged account of /etc/passwd text to run PostgreSQL under: `postgres`, else `nobody`. */
export function chooseRunUser(passwd: string): RunUser | undefined {
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const name of PREFERRED) {
    const row = users.find((fields) => fields[0] === name);
    const uid = Number(row?.[2]);
    const gid = Number(row?.[3]);
    if (row !== undefined && Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { name, uid, gid };
  }
  return undefined;
}

/** The first path that keeps the user from reading or entering `path`, or undefined when nothing does. */
export async function barrierTo(path: string, user: RunUser): Promise<string | undefined> {
  const target = await realpath(path);
  const chain = [target];
  for (let at = target; at !== dirname(at); at = dirname(at)) chain.unshift(dirname(at));
  for (const at of chain) {
    const info = await stat(at);
    const bits = at === target ? 0o5 : 0o1;
    if (!permits(info, user, info.isDirectory() || bits === 0o1 ? bits : 0o4)) return at;
  }
  return undefined;
}

function permits(info: { mode: number; uid: number; gid: number }, user: RunUser, bits: number): boolean {
  const shift = info.uid === user.uid ? 6 : info.gid === user.gid ? 3 : 0;
  return ((info.mode >> shift) & bits) === bits;
}
