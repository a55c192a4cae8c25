declare module 'snappyjs' {
  /** Snappy's block format, without a frame. */
  export function compress(uncompressed: Uint8Array): Uint8Array;
}
