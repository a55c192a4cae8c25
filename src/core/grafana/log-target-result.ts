/** A query for logs in our language, with what it does otherwise; or why it cannot be asked. */
export type LogTarget = { readonly text: string; readonly notes: readonly string[] } | { readonly reason: string };
