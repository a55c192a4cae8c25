import type { EngineOptions } from './engine-config.ts';

/** Parent → child, over IPC: nothing of it is visible in the process list. */
export type ParentMessage =
  | { readonly kind: 'open'; readonly password: string; readonly engine: EngineOptions }
  | { readonly kind: 'stop' };

/** Child → parent. */
export type ChildMessage =
  | { readonly kind: 'ready'; readonly port: number; readonly version: string }
  | { readonly kind: 'failed'; readonly reason: 'locked' | 'other'; readonly message: string };

/** The user name the child accepts. */
export const ENGINE_USER = 'nocmate';
