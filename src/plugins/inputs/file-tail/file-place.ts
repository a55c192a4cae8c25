import type { SourcePosition } from '#core/plugin/input.ts';

/** How far a file was read, and how to know its content again: a file may be renamed, copied, emptied, packed. */
export type FilePlace = {
  /** Device and inode. */
  readonly id: string;
  /** Where it was found first: names the records. */
  readonly origin: string;
  /** Where it was seen last. */
  readonly path: string;
  /** Bytes (unpacked) that are done with. */
  readonly offset: number;
  readonly isSkipping: boolean;
  /** Marks ({@link markOf}) of its first bytes and of those before `offset`. */
  readonly headLength: number;
  readonly head: string;
  readonly tailLength: number;
  readonly tail: string;
  /** Nothing more will come: it was packed and read, or deleted. */
  readonly isDone: boolean;
  /** When it moved last, ms since the epoch. */
  readonly t: number;
};

const NUMBERS = ['offset', 'headLength', 'tailLength', 't'] as const;
const TEXTS = ['id', 'origin', 'path', 'head', 'tail'] as const;

/** The place in a stored position; undefined when it is none. */
export function placeOf(position: SourcePosition): FilePlace | undefined {
  const isPlace =
    NUMBERS.every((name) => typeof position[name] === 'number') &&
    TEXTS.every((name) => typeof position[name] === 'string');
  return isPlace ? (position as unknown as FilePlace) : undefined;
}
