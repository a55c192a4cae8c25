import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NamedSecret, RotatedSecrets } from '#core/api/secrets.ts';
import { useApi } from '#web/data/data-context.ts';

const SECRETS = ['secrets'] as const;

/** Named secrets, without their values. */
export function useSecrets() {
  const api = useApi();
  return useQuery({
    queryKey: SECRETS,
    queryFn: ({ signal }) => api.json<readonly NamedSecret[]>('/api/secrets', { signal }),
  });
}

/** Keeps a value under a name. */
export function useSetSecret(onDone: () => void) {
  const api = useApi();
  return useChange(({ name, value }: { readonly name: string; readonly value: string }) => {
    return api.json(`/api/secrets/${encodeURIComponent(name)}`, { method: 'PUT', body: { value } });
  }, onDone);
}

/** Forgets a secret. */
export function useRemoveSecret(onDone: () => void) {
  const api = useApi();
  return useChange(
    (name: string) => api.json(`/api/secrets/${encodeURIComponent(name)}`, { method: 'DELETE' }),
    onDone,
  );
}

/** Encrypts all secrets with a new key. */
export function useRotateSecrets() {
  const api = useApi();
  return useChange(
    () => api.json<RotatedSecrets>('/api/secrets/rotate', { method: 'POST' }),
    () => undefined,
  );
}

function useChange<Variables, Answer>(change: (variables: Variables) => Promise<Answer>, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SECRETS });
      onDone();
    },
  });
}
