import { once } from 'node:events';
import { connect } from 'node:net';
import { messageOf } from '#core/errors.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import { addressText } from '#core/plugin/target-options.ts';
import type { SocketSource } from './sql-socket.ts';

/** Sockets to wherever the configuration leads, for those who have no target around them. */
export const plainSockets: SocketSource = {
  open: async (address, { signal }) => {
    const started = performance.now();
    const socket = connect(address);
    socket.on('error', () => undefined);
    try {
      await once(socket, 'connect', { signal });
    } catch (error) {
      socket.destroy();
      if (signal.aborted) throw signal.reason;
      throw new CollectError('unreachable', `${addressText(address)}: ${messageOf(error)}`, { cause: error });
    }
    return { socket, timings: { connect: performance.now() - started } };
  },
};
