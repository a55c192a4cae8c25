/** A mounted filesystem worth measuring. */
export type Mount = {
  readonly device: string;
  readonly mountpoint: string;
  readonly type: string;
  readonly mode: 'rw' | 'ro';
  /** Its answers come over a network or from a program, and may never come. */
  readonly mayHang: boolean;
};

/** Filesystems that store nothing of their own, or images that are full by nature. */
const PSEUDO = new Set(
  (
    'autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl fuse.lxcfs fuse.portal ' +
    'fuse.gvfsd-fuse hugetlbfs iso9660 mqueue nsfs proc pstore ramfs rootfs rpc_pipefs securityfs selinuxfs squashfs ' +
    'sysfs tmpfs tracefs udf'
  ).split(' '),
);
const MAY_HANG = /^(nfs|cifs|smb|fuse|ceph|gluster|lustre|9p|afs|gfs|ocfs|virtiofs|beegfs|coda|ncp)/;

/**
 * Mounts of /proc/<pid>/mounts that hold data. Of several mounts of one device (bind mounts) the shortest stays;
 * overlays count only as root, where they are the disk of a container.
 */
export function parseMounts(text: string): Mount[] {
  const byDevice = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [device, mountpoint, type, options] = line.split(' ').map(unescapeOctal);
    if (device === undefined || mountpoint === undefined || type === undefined || PSEUDO.has(type)) continue;
    if ((type === 'overlay' || type === 'aufs') && mountpoint !== '/') continue;
    const known = byDevice.get(device);
    if (known !== undefined && known.mountpoint.length <= mountpoint.length) continue;
    const mode = options?.split(',').includes('ro') ? 'ro' : 'rw';
    byDevice.set(device, { device, mountpoint, type, mode, mayHang: MAY_HANG.test(type) });
  }
  return [...byDevice.values()];
}

/** Blanks and backslashes stand as `\040` and `\134` in the file. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
