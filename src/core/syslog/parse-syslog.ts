import { createZone } from '#core/timestamps/zone.ts';
import type { SyslogMessage } from './syslog-message.ts';
import { SyslogReader } from './syslog-reader.ts';

/** Reads one message (a datagram, a frame), RFC 5424 or 3164, never refusing it. */
export type SyslogParser = (message: Uint8Array | string, now: number) => SyslogMessage;

/** A parser whose RFC 3164 timestamps are of `zone` (IANA name or offset). Bytes that are no UTF-8 become U+FFFD. */
export function createSyslogParser(zone = 'UTC'): SyslogParser {
  const reader = new SyslogReader(createZone(zone));
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (message, now) => {
    const text = typeof message === 'string' ? message : decoder.decode(message);
    let end = text.length;
    while (
      end > 0 &&
      (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13 || text.charCodeAt(end - 1) === 0)
    )
      end--;
    return reader.read(end === text.length ? text : text.slice(0, end), now);
  };
}

/** One message, its zone UTC; streams take {@link createSyslogParser}. */
export function parseSyslog(message: Uint8Array | string, now: number): SyslogMessage {
  return createSyslogParser()(message, now);
}
