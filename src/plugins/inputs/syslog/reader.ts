import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import { createSyslogParser, type SyslogParser } from '#core/syslog/parse-syslog.ts';
import { syslogFrames } from '#core/syslog/syslog-frames.ts';
import { logOfMessage } from './log-of-message.ts';

/** Room for a body of the longest that is kept, 1 MiB, and its header. */
const MAX_MESSAGE_BYTES = 2 ** 20 + 64 * 1024;

/** Each datagram is one message (RFC 5426); `zone` is that of times without one. */
export function datagramReader(zone: string): ReaderFactory {
  return (writer) => {
    const take = taker(writer, createSyslogParser(zone));
    return {
      read: (bytes) => {
        if (bytes.some((byte) => byte > 0x20)) take(bytes);
        return true;
      },
      end: () => {
        writer.position = 0;
      },
    };
  };
}

/** A stream of messages, each with its length before it or ended by a newline (RFC 6587). */
export function streamReader(zone: string): ReaderFactory {
  return (writer) => {
    const take = taker(writer, createSyslogParser(zone));
    const frames = syslogFrames(MAX_MESSAGE_BYTES, {
      frame: take,
      tooLong: () => {
        writer.position += 1;
        writer.reject('too_long', `a message of more than ${MAX_MESSAGE_BYTES} bytes`);
      },
    });
    return {
      read: (bytes) => {
        frames.read(bytes);
        return true;
      },
      end: () => {
        frames.end();
        writer.position = 0;
      },
    };
  };
}

function taker(writer: SampleWriter, parse: SyslogParser): (message: Uint8Array) => void {
  return (message) => {
    writer.position += 1;
    writer.log(logOfMessage(parse(message, writer.now()), writer.address ?? ''));
  };
}
