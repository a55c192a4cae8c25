declare module 'lumberjack-client' {
  import type { Socket } from 'node:net';

  /** A sender of Lumberjack v2 over TCP; it connects at once, and lines wait until it has. */
  export default class LumberjackClient {
    constructor(target: { readonly host: string; readonly port: number });
    readonly socket: Socket | undefined;
    connecting: boolean;
    log(line: object): void;
  }
}
