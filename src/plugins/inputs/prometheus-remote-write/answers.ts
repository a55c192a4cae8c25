import type { AppError } from '#core/errors.ts';
import type { EndpointReply, EndpointRequest, RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';
import { versionOf } from './media-type.ts';

const MAX_SHOWN = 10;
const TEXT = { 'content-type': 'text/plain; charset=utf-8' } as const;

/**
 * 204 when everything was taken, else 400 with the first refused records: senders do not repeat a 400, and what was
 * valid is stored (remote write 2.0, "Partial Write"). 503, which they repeat, when there was no room.
 */
export function replyTo(answer: WriteAnswer, request: EndpointRequest): EndpointReply {
  const written = versionOf(request.headers) === 2 ? writtenHeaders(answer) : {};
  if (answer.rejectedTotal === 0) return { status: 204, headers: written };
  const hadNoRoom = answer.rejected.some(({ reason }) => reason === 'disk_full' || reason === 'spool_full');
  return { status: hadNoRoom ? 503 : 400, headers: { ...TEXT, ...written }, body: rejectedText(answer) };
}

/** Senders show the text in their log. */
export function failureOf(error: AppError): EndpointReply {
  return { status: error.status, headers: TEXT, body: `${error.message}\n` };
}

/** Required by remote write 2.0: without them a sender takes nothing as written. */
function writtenHeaders({ accepted, counts }: WriteAnswer): Record<string, string> {
  const { samples, histograms, exemplars } = counts ?? { samples: accepted, histograms: 0, exemplars: 0 };
  return {
    'x-prometheus-remote-write-samples-written': String(samples),
    'x-prometheus-remote-write-histograms-written': String(histograms),
    'x-prometheus-remote-write-exemplars-written': String(exemplars),
  };
}

function rejectedText({ accepted, rejected, rejectedTotal }: WriteAnswer): string {
  const lines = rejected.slice(0, MAX_SHOWN).map(rejectedLine);
  const rest = rejectedTotal - lines.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  return `${rejectedTotal} refused, ${accepted} stored:\n${lines.join('\n')}\n`;
}

function rejectedLine({ line, reason, detail }: RejectedRecord): string {
  return `series ${line} of the request: ${reason}${detail === undefined ? '' : `: ${detail}`}`;
}
