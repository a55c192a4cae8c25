import { VALUE_KINDS, type ValueKind, type ValueList } from './value-list.ts';

/** Takes what is in a packet. */
export type PacketReceiver = {
  readonly values: (list: ValueList) => void;
  /** The rest of the packet is lost. */
  readonly broken: (detail: string) => void;
};

const HEADER_BYTES = 4;
const VALUE_BYTES = 8;
/** High-resolution times count 2^-30 s. */
const HIGH_RESOLUTION_MS = 1_000 / 2 ** 30;

/** Part types of collectd's binary protocol (https://github.com/collectd/collectd/wiki/Binary-protocol). */
const PART = {
  host: 0x0000,
  time: 0x0001,
  plugin: 0x0002,
  pluginInstance: 0x0003,
  type: 0x0004,
  typeInstance: 0x0005,
  values: 0x0006,
  timeHighResolution: 0x0008,
  signature: 0x0200,
  encryption: 0x0210,
} as const;

/** What the parts before say of the values to come. */
type Context = {
  host: string;
  plugin: string;
  pluginInstance: string;
  type: string;
  typeInstance: string;
  t: number | undefined;
};

/** Reads one packet. Notifications and parts of unknown types are passed over; signed and encrypted ones are broken. */
export function readPacket(bytes: Uint8Array, receiver: PacketReceiver): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const context: Context = { host: '', plugin: '', pluginInstance: '', type: '', typeInstance: '', t: undefined };
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < HEADER_BYTES) return receiver.broken('a part without its header');
    const part = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (length < HEADER_BYTES || at + length > bytes.length) return receiver.broken('a part longer than the packet');
    const body = new DataView(bytes.buffer, bytes.byteOffset + at + HEADER_BYTES, length - HEADER_BYTES);
    const problem = part === PART.values ? readValues(body, context, receiver) : readContext(part, body, context);
    if (problem !== undefined) return receiver.broken(problem);
    at += length;
  }
}

function readContext(part: number, body: DataView, context: Context): string | undefined {
  switch (part) {
    case PART.host:
      return setText(context, 'host', body);
    case PART.plugin:
      return setText(context, 'plugin', body);
    case PART.pluginInstance:
      return setText(context, 'pluginInstance', body);
    case PART.type:
      return setText(context, 'type', body);
    case PART.typeInstance:
      return setText(context, 'typeInstance', body);
    case PART.time:
      return setTime(context, body, 1_000);
    case PART.timeHighResolution:
      return setTime(context, body, HIGH_RESOLUTION_MS);
    case PART.signature:
    case PART.encryption:
      return 'it is signed or encrypted, which is not supported';
    default:
      return undefined;
  }
}

function setText(context: Context, name: Exclude<keyof Context, 't'>, body: DataView): string | undefined {
  const end = body.byteLength - 1;
  if (end < 0 || body.getUint8(end) !== 0) return 'a text without its end';
  context[name] = Buffer.from(body.buffer, body.byteOffset, end).toString();
  return undefined;
}

function setTime(context: Context, body: DataView, unitMs: number): string | undefined {
  if (body.byteLength !== VALUE_BYTES) return 'a time of another size';
  context.t = Math.round(Number(body.getBigUint64(0)) * unitMs);
  return undefined;
}

function readValues(body: DataView, context: Context, receiver: PacketReceiver): string | undefined {
  const count = body.byteLength < 2 ? 0 : body.getUint16(0);
  if (count === 0 || body.byteLength !== 2 + count * (1 + VALUE_BYTES)) return 'values of another size';
  if (context.plugin === '' || context.type === '') return 'values without a plugin or a type';
  const values: { kind: ValueKind; v: number }[] = [];
  for (let i = 0; i < count; i += 1) {
    const kind = VALUE_KINDS[body.getUint8(2 + i)];
    if (kind === undefined) return 'a value of an unknown kind';
    values.push({ kind, v: valueAt(body, 2 + count + i * VALUE_BYTES, kind) });
  }
  receiver.values({ ...context, values, dataSources: undefined });
  return undefined;
}

/** Gauges alone are little endian. */
function valueAt(body: DataView, at: number, kind: ValueKind): number {
  if (kind === 'gauge') return body.getFloat64(at, true);
  return Number(kind === 'derive' ? body.getBigInt64(at) : body.getBigUint64(at));
}
