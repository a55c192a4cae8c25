import type { LogRuleStep } from '#core/api/log-rules.ts';
import { userAgentParts } from '#parsing/user-agent.ts';
import type { GeoLookup } from './geo-lookup.ts';
import { compileNetworks } from './networks.ts';
import { readPart, writePart } from './record-parts.ts';
import type { RunStep } from './run-step.ts';

type Enrichment = Extract<LogRuleStep, { type: 'user_agent' | 'geoip' | 'cidr' }>;

/** Steps that add what is known of a value: browser and system, place, network. */
export function compileEnrichment(step: Enrichment, geoip: GeoLookup | undefined): RunStep {
  if (step.type === 'geoip' && geoip === undefined)
    throw new Error('there is no GeoIP database: name the file of one (.mmdb) in ingest.geoip of the configuration');
  const networks = step.type === 'cidr' ? compileNetworks(step.networks) : undefined;
  return (draft) => {
    const value = readPart(draft, step.field);
    if (value === undefined) return `no field ${step.field}`;
    switch (step.type) {
      case 'user_agent':
        for (const [name, part] of userAgentParts(value)) writePart(draft, name, part);
        return true;
      case 'geoip': {
        const place = geoip?.(value) ?? [];
        for (let i = 0; i < place.length; i += 2)
          writePart(draft, `${step.prefix}${place[i] ?? ''}`, place[i + 1] ?? '');
        return true;
      }
      case 'cidr': {
        const tag = networks?.(value);
        if (tag !== undefined) writePart(draft, step.to, tag);
        return true;
      }
    }
  };
}
