// Before the components, so that the styles of each component come after what they build on.
import './styles/tokens.css';
import './styles/base.css';

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './transport/index.ts';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App client={connect()} />);
