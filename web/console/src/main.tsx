import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './app/ConsoleApp';

const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');
createRoot(root).render(<StrictMode><ConsoleApp /></StrictMode>);
