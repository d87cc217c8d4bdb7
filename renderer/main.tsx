import './transport/no-eval.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/base.css';
import { connect } from './transport/index.ts';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App client={connect()} />);
