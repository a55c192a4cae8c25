import { createLogObjectReader } from '#core/log-fields/object-reader.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import type { AnsweringReaderFactory, SampleWriter, StreamPeer, StreamReader } from '#core/plugin/input.ts';
import { FrameBuffer } from './frame-buffer.ts';
import { BrokenFrame, type FrameReceiver, readFrames } from './frames.ts';

const ACK = 0x41;
const METADATA = '@metadata';

/** Reads events of Beats; a window of them is acknowledged once it is durable, so that the sender forgets it. */
export const lumberjackReader: AnsweringReaderFactory = (writer, _, peer) => new LumberjackReader(writer, peer);

class LumberjackReader implements StreamReader {
  readonly #writer: SampleWriter;
  readonly #peer: StreamPeer;
  readonly #buffer = new FrameBuffer();
  readonly #receiver: FrameReceiver;
  readonly #read = createLogObjectReader();
  /** Events of the window that are still to come. */
  #left = 0;

  constructor(writer: SampleWriter, peer: StreamPeer) {
    this.#writer = writer;
    this.#peer = peer;
    this.#receiver = {
      window: (size) => {
        this.#left = size;
      },
      json: (sequence, payload, version) => {
        this.#json(payload);
        this.#acknowledge(sequence, version);
      },
      pairs: (sequence, pairs, version) => {
        const { line, ...event } = Object.fromEntries(pairs);
        this.#event(line === undefined ? event : { message: line, ...event });
        this.#acknowledge(sequence, version);
      },
    };
  }

  read(bytes: Uint8Array): boolean {
    const all = this.#buffer.add(bytes);
    if (all === undefined) return true;
    try {
      const { used, needed } = readFrames(all, this.#receiver);
      this.#buffer.keep(all.subarray(used), needed);
      return true;
    } catch (error) {
      if (!(error instanceof BrokenFrame)) throw error;
      this.#writer.reject('bad_frame', error.message);
      return false;
    }
  }

  end(): void {
    this.#buffer.clear();
    this.#left = 0;
    this.#writer.position = 0;
  }

  /** What cannot be taken is acknowledged as well: its sender would send it for ever. */
  #json(payload: Uint8Array): void {
    if (payload.length > MAX_LOG_BYTES) {
      this.#writer.position += 1;
      return this.#writer.reject('too_long', `an event of more than ${MAX_LOG_BYTES} bytes`);
    }
    const event = parseJson(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
    if (isJsonObject(event)) return this.#event(event);
    this.#writer.position += 1;
    this.#writer.reject('bad_line', 'an event that is no object of JSON');
  }

  #event({ [METADATA]: metadata, ...event }: Readonly<Record<string, unknown>>): void {
    this.#writer.position += 1;
    const beat = isJsonObject(metadata) && typeof metadata['beat'] === 'string' ? metadata['beat'] : '';
    const source = beat === '' ? 'beats' : `beats:${beat}`;
    this.#writer.log({ ...this.#read(event, this.#writer.now()), source });
  }

  #acknowledge(sequence: number, version: number): void {
    this.#left -= 1;
    if (this.#left > 0) return;
    const answer = Buffer.from([version, ACK, 0, 0, 0, 0]);
    answer.writeUInt32BE(sequence, 2);
    this.#peer.whenDurable(() => this.#peer.send(answer));
  }
}
