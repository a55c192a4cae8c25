import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const THEMES = ['dark', 'light', 'auto'] as const;
export type Theme = (typeof THEMES)[number];

export type Preferences = {
  readonly theme: Theme;
  readonly railCollapsed: boolean;
  readonly setTheme: (theme: Theme) => void;
  readonly toggleRail: () => void;
};

/** What a viewer chose for this browser; everything else of the screen is in the URL. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'auto',
      railCollapsed: false,
      setTheme: (theme) => set({ theme }),
      toggleRail: () => set(({ railCollapsed }) => ({ railCollapsed: !railCollapsed })),
    }),
    { name: 'nocmate' },
  ),
);
