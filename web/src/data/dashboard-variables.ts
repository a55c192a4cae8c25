import type { Labels } from '#core/model/labels.ts';

/** What a built-in dashboard is to show, in its URL: it chooses by instance, or by host. */
export function dashboardVariables({ instance, host }: Labels): { readonly [name: string]: string | undefined } {
  return instance === undefined ? { 'var-host': host } : { 'var-instance': instance };
}
