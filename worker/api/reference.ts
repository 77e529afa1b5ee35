// GET /docs: the contract to read and to try, by Swagger UI from this server's own files.
import { Hono } from 'hono';
import type { AppEnv } from './access.ts';
import { authenticate } from './gate.ts';

/** The dashboard's own (dashboard/public/_headers): everything comes from here, nothing is inline. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tundish: reference</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/reference/swagger-ui.css">
<link rel="stylesheet" href="/reference/reference.css">
<script defer src="/reference/swagger-ui-bundle.js"></script>
<script defer src="/reference/reference.js"></script>
</head>
<body><main id="reference"></main></body>
</html>
`;

export const reference = new Hono<AppEnv>().get('/docs', authenticate, (c) =>
  c.html(PAGE, 200, {
    'content-security-policy': POLICY,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }),
);
