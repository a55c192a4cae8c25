import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createAppRouter } from './app/router.tsx';
import { createSources } from './app/sources.ts';
import './styles/global.css';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App router={createAppRouter()} sources={createSources()} />);
