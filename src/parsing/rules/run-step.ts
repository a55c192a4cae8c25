import type { Zone } from '#core/timestamps/zone.ts';
import type { GrokLibrary } from '#parsing/grok/grok-library.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { GeoLookup } from './geo-lookup.ts';

/** What steps are compiled with. */
export type StepContext = {
  readonly zone: Zone;
  readonly geoip?: GeoLookup;
  readonly grok: (ecs: boolean) => GrokLibrary;
};

/** A step ready to run: true = done, false = the record is dropped, a text = why it failed. */
export type RunStep = (draft: LogDraft, now: number) => boolean | string;
