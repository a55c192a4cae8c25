import { type FileHandle, open } from 'node:fs/promises';
import { HEAD_BYTES, markOf, readAt, TAIL_BYTES } from './content-mark.ts';
import type { FilePlace } from './file-place.ts';
import type { FoundFile } from './find-files.ts';
import type { FollowedFile } from './followed-file.ts';
import { unpackedRanges } from './unpacked.ts';

/** `shorter`: the same content, with less of it than was read already (a copy that was made before). */
export type Sameness = 'same' | 'shorter' | 'other';

type Ranges = readonly (readonly [number, number])[];

/** Whether a file holds a content of which a part was read, be it packed, copied or of another inode. */
export async function compareContent(followed: FollowedFile, found: FoundFile): Promise<Sameness> {
  const { headLength, offset, tailLength, head, tail } = followed.place;
  if (headLength === 0) return 'other';
  const ranges: Ranges = [
    [0, headLength],
    [offset - tailLength, offset],
  ]; // prettier-ignore
  const [first = EMPTY, before = EMPTY] = found.path.endsWith('.gz')
    ? await unpackedRanges(found.path, ranges).catch(() => [])
    : await plainRanges(found.path, ranges);
  if (first.length < headLength) return isBeginning(first, followed.head) ? 'shorter' : 'other';
  if (markOf(first) !== head) return 'other';
  if (before.length < tailLength) return 'shorter';
  return tailLength === 0 || markOf(before) === tail ? 'same' : 'other';
}

/** Whether a file holds what the first bytes of a file that is read are: a copy, perhaps one that is being made. */
export async function isCopyOf(found: FoundFile, original: FollowedFile): Promise<boolean> {
  if (found.size === 0) return true;
  const ranges: Ranges = [
    [0, Math.min(HEAD_BYTES, found.size)],
    [Math.max(0, found.size - TAIL_BYTES), found.size],
  ]; // prettier-ignore
  const [copied, read] = [await plainRanges(found.path, ranges), await plainRanges(original.place.path, ranges)];
  return copied.length > 0 && copied.every((bytes, i) => bytes.length > 0 && read[i]?.equals(bytes) === true);
}

/** The place of a file of which nothing was read. */
export async function freshPlace({ path, id }: FoundFile, t: number): Promise<FilePlace> {
  const isPacked = path.endsWith('.gz');
  const [head = EMPTY] = isPacked ? [] : await plainRanges(path, [[0, HEAD_BYTES]]);
  const none = { offset: 0, isSkipping: false, tailLength: 0, tail: '', isDone: false };
  return { id, origin: path, path, ...none, headLength: head.length, head: markOf(head), t };
}

const EMPTY = Buffer.alloc(0);

function isBeginning(part: Buffer, whole: Buffer): boolean {
  return part.length > 0 && whole.subarray(0, part.length).equals(part);
}

/** Empty where the file cannot be read. */
async function plainRanges(path: string, ranges: Ranges): Promise<Buffer[]> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    return await readRanges(handle, ranges);
  } finally {
    await handle.close();
  }
}

async function readRanges(handle: FileHandle, ranges: Ranges): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for (const [from, to] of ranges) parts.push(await readAt(handle, from, to - from));
  return parts;
}
