import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { DataContext } from '#web/data/data-context.ts';
import type { createAppRouter } from './router.tsx';
import type { Sources } from './sources.ts';

/** The program: its sources and its router. */
export function App({ router, sources }: { router: ReturnType<typeof createAppRouter>; sources: Sources }) {
  return (
    <QueryClientProvider client={sources.queries}>
      <DataContext value={sources}>
        <RouterProvider router={router} />
      </DataContext>
    </QueryClientProvider>
  );
}
