/** States of a service (grpc.health.v1, HealthCheckResponse.ServingStatus), by number. */
export const SERVING = ['unknown', 'serving', 'not_serving', 'service_unknown'] as const;
export type Serving = (typeof SERVING)[number];

/** Before each message: packed or not, and its length (gRPC over HTTP/2). */
const PREFIX_BYTES = 5;
const STATUS_FIELD = 1;

/** A framed HealthCheckRequest. */
export function encodeRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name]);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** The state in a framed HealthCheckResponse. Throws a `RangeError` for what is none. */
export function decodeResponse(body: Buffer): Serving {
  if (body.length < PREFIX_BYTES || body[0] !== 0) throw new RangeError('it is no message that is not packed');
  const end = PREFIX_BYTES + body.readUInt32BE(1);
  if (end > body.length) throw new RangeError('the message ends too early');
  const fields = new Fields(body.subarray(PREFIX_BYTES, end));
  let status = 0;
  while (fields.hasMore()) {
    const [field, value] = fields.next();
    if (field === STATUS_FIELD) status = value;
  }
  return SERVING[status] ?? 'unknown';
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

/** Reads the fields of a protobuf message; those that are no numbers have the value 0. */
class Fields {
  readonly #message: Buffer;
  #at = 0;

  constructor(message: Buffer) {
    this.#message = message;
  }

  hasMore(): boolean {
    return this.#at < this.#message.length;
  }

  next(): readonly [field: number, value: number] {
    const tag = this.#varint();
    const field = tag >>> 3;
    switch (tag & 7) {
      case 0:
        return [field, this.#varint()];
      case 1:
        return this.#skip(field, 8);
      case 2:
        return this.#skip(field, this.#varint());
      case 5:
        return this.#skip(field, 4);
      default:
        throw new RangeError('it is no message of protobuf');
    }
  }

  #skip(field: number, bytes: number): readonly [number, number] {
    this.#at += bytes;
    if (this.#at > this.#message.length) throw new RangeError('the message ends too early');
    return [field, 0];
  }

  #varint(): number {
    let value = 0;
    for (let shift = 1; shift <= 2 ** 35; shift *= 128) {
      const byte = this.#message.readUInt8(this.#at++);
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number has no end');
  }
}
