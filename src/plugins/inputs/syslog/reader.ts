import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import { createSyslogParser, type SyslogParser } from '#core/syslog/parse-syslog.ts';
import { syslogFrames } from '#core/syslog/syslog-frames.ts';
import { logOfMessage } from './log-of-message.ts';

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
    const frames = syslogFrames(MAX_LOG_BYTES, {
      frame: take,
      tooLong: () => {
        writer.position += 1;
        writer.reject('too_long', `a message of more than ${MAX_LOG_BYTES} bytes`);
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
