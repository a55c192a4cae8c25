/** A socket that listens on this host, with the process that holds it (empty where it cannot be seen). */
export type Listener = {
  /** `0.0.0.0`, `::` or the address it is bound to. */
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** Base name of the program: `redis-server`. */
  readonly program: string;
  readonly commandLine: readonly string[];
};

/** What a plugin's discovery looks at. */
export type HostFacts = {
  readonly listeners: readonly Listener[];
  /** Texts of the files that the plugin asked for, by path; unreadable ones are absent. */
  readonly files: ReadonlyMap<string, string>;
};

/** A target that may be there. */
export type Proposal = {
  /** One sentence for the operator: what was seen. */
  readonly seen: string;
  /** Options to try, best first; the first is what a form begins with. */
  readonly candidates: readonly Readonly<Record<string, unknown>>[];
};

/** How a plugin finds its targets on this host; both functions are pure. */
export type Discovery = {
  /** Configuration files worth reading, by what listens. The last part of a path may hold `*`. */
  readonly files?: (listeners: readonly Listener[]) => readonly string[];
  readonly propose: (facts: HostFacts) => readonly Proposal[];
};

/** The address by which this host reaches a listener. */
export function localAddress({ address }: Listener): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '127.0.0.1' : address;
}
