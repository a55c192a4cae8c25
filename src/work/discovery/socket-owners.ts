import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** The process that holds a socket. */
export type SocketOwner = { readonly pid: number; readonly program: string; readonly commandLine: readonly string[] };

/** Longest command line that is read, bytes. */
const MOST_COMMAND_BYTES = 4_096;

/**
 * Who holds these sockets, by inode; of several processes that share one (a master and its workers) the first. Sockets of
 * other users are absent unless this process may look into theirs.
 */
export async function findOwners(proc: string, inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, SocketOwner>> {
  const owners = new Map<string, SocketOwner>();
  const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids.sort((a, b) => a - b)) {
    if (owners.size === inodes.size) break;
    const held = await heldSockets(`${proc}/${pid}/fd`, inodes);
    const fresh = held.filter((inode) => !owners.has(inode));
    if (fresh.length === 0) continue;
    const owner = await ownerOf(proc, pid);
    for (const inode of fresh) owners.set(inode, owner);
  }
  return owners;
}

async function heldSockets(folder: string, inodes: ReadonlySet<string>): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return links.flatMap((link) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
    return inode !== undefined && inodes.has(inode) ? [inode] : [];
  });
}

async function ownerOf(proc: string, pid: number): Promise<SocketOwner> {
  const [exe, text] = await Promise.all([
    readlink(`${proc}/${pid}/exe`).catch(() => ''),
    readFile(`${proc}/${pid}/cmdline`, 'utf8').catch(() => ''),
  ]);
  const commandLine = text.slice(0, MOST_COMMAND_BYTES).split('\0').filter(Boolean);
  // A program that was replaced by an update runs on from a file that is gone.
  return { pid, program: basename(exe.replace(/ \(deleted\)$/, '')), commandLine };
}
