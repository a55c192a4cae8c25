import { CollectError } from '#core/plugin/collect-error.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import type { HostPort } from '#core/units/listen-address.ts';

/** Java RMI wire protocol (JRMP), §10.2: magic, version 2, stream protocol. */
const HELLO = Buffer.from([0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b]);
const ACKNOWLEDGED = 0x4e;
const PORT_BYTES = 4;

/**
 * Sees whether RMI is spoken there, over a connection of the target's own: with its address guard, and with errors of
 * their kinds, before a virtual machine is needed at all. Throws `CollectError`.
 */
export async function greetRmi(
  { tcp }: Pick<TargetContext, 'tcp'>,
  address: HostPort,
  signal: AbortSignal,
): Promise<void> {
  const connection = await tcp.connect(address, { signal });
  try {
    connection.write(HELLO);
    const [first, ...length] = await connection.readBytes(3, signal);
    if (first !== ACKNOWLEDGED)
      throw new CollectError('protocol', `${address.host}:${address.port} does not speak RMI`);
    await connection.readBytes(Buffer.from(length).readUInt16BE() + PORT_BYTES, signal);
  } finally {
    connection.close();
  }
}
