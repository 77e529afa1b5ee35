// The Worker: composition only.
import { app } from './api/index.ts';

export default { fetch: app.fetch };
