import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app/app.tsx';
import { createAppRouter } from './app/router.tsx';
import { createSources } from './app/sources.ts';
import './styles/global.css';

// The content security policy allows no eval: schemas are walked instead of compiled.
config({ jitless: true });

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App router={createAppRouter()} sources={createSources()} />);
