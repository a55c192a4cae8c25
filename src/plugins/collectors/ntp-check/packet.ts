/** What a time server says (RFC 5905 §7.3); times in ms since the epoch, undefined where it says none. */
export type NtpPacket = {
  /** 3: it does not know the time. */
  readonly leap: number;
  readonly mode: number;
  readonly stratum: number;
  readonly rootDelayMs: number;
  readonly rootDispersionMs: number;
  /** Four characters: of a stratum of 0 why it refuses, like `RATE`. */
  readonly referenceId: string;
  readonly referenceMs: number | undefined;
  readonly receivedMs: number | undefined;
  readonly sentMs: number | undefined;
};

const PACKET_BYTES = 48;
const VERSION = 4;
const CLIENT = 3;
/** Seconds from 1900 to 1970. */
const EPOCH_SECONDS = 2_208_988_800;
const ERA_SECONDS = 2 ** 32;
const FRACTION = 2 ** 32;

/** A question; `nonce` (8 bytes) stands for the time, which is the server's business no more than anybody's. */
export function encodeQuestion(nonce: Buffer): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = (VERSION << 3) | CLIENT;
  nonce.copy(packet, 40);
  return packet;
}

/** True when a message answers the question with this nonce. */
export function isAnswerTo(nonce: Buffer, message: Buffer): boolean {
  return message.length >= PACKET_BYTES && message.subarray(24, 32).equals(nonce);
}

/** Reads a packet. Throws a `RangeError` for one that is too short. */
export function decodePacket(message: Buffer): NtpPacket {
  const first = message.readUInt8(0);
  if (message.length < PACKET_BYTES) throw new RangeError('the message ends too early');
  return {
    leap: first >> 6,
    mode: first & 7,
    stratum: message.readUInt8(1),
    rootDelayMs: (message.readInt32BE(4) / 65_536) * 1_000,
    rootDispersionMs: (message.readUInt32BE(8) / 65_536) * 1_000,
    referenceId: message.toString('latin1', 12, 16).replaceAll(/[^\x20-\x7e]/g, ''),
    referenceMs: timestamp(message, 16),
    receivedMs: timestamp(message, 32),
    sentMs: timestamp(message, 40),
  };
}

/** A time of 64 bits; those before 1968 are of the era that begins in 2036 (RFC 4330 §3). */
function timestamp(message: Buffer, at: number): number | undefined {
  const seconds = message.readUInt32BE(at);
  const fraction = message.readUInt32BE(at + 4);
  if (seconds === 0 && fraction === 0) return undefined;
  const era = seconds < 0x80_00_00_00 ? ERA_SECONDS : 0;
  return (seconds + era - EPOCH_SECONDS + fraction / FRACTION) * 1_000;
}
