import type { Health, PartStatus } from '#core/api/status.ts';

/** The health of the whole from that of its parts: ok only when every part serves or is switched off. */
export function summariseHealth(
  parts: Readonly<Record<string, PartStatus>>,
  version: string,
  uptimeMs: number,
): Health {
  const states = Object.values(parts).map(({ state }) => state);
  const isOk = states.every((state) => state === 'up' || state === 'off');
  const isStarting = !isOk && states.every((state) => state === 'up' || state === 'off' || state === 'starting');
  return { status: isOk ? 'ok' : isStarting ? 'starting' : 'degraded', version, uptimeMs, parts };
}
