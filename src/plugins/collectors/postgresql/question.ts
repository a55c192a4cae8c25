/** A part of a run: one statement. Its columns are read by `parseRows`. */
export type Question = {
  readonly name: string;
  /** Versions as `server_version_num` has them; default: all from 12 on. */
  readonly from?: number;
  readonly until?: number;
  /** It costs so much that it is asked once a minute only. */
  readonly isSlow?: boolean;
  /** The option that limits its rows, which are bound as `$1`. */
  readonly limit?: 'tables' | 'statements';
  readonly text: string;
};
