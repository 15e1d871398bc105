import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const YEAR_SECONDS = 31_536_000;
/** Angular names built files by their content: `main-ABCD1234.js`, `chunk-B-2o_J2I.js`. */
const HASHED = /-[\w-]{8}\.(js|css|woff2|json)$/;

/**
 * Serves the built portal: hashed files forever, the rest revalidated, and index.html for every deep link. Each page
 * gets its own nonce, for its style sheet and the styles that Angular adds while running.
 */
export function servePortal(app: Express, folder: string): void {
  const index = join(folder, 'index.html');
  app.use(
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        const forever = HASHED.test(path);
        response.setHeader('Cache-Control', forever ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      },
    }),
  );
  const page = existsSync(index) ? withStyles(folder, readFileSync(index, 'utf8')) : null;
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|health)(\/|$)/.test(request.path);
    if (!isPage || request.path.split('/').pop()?.includes('.')) return next();
    if (page === null) {
      response.status(503).type('text/plain').send('The portal is not built yet: npm run build');
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = String(response.getHeader('Content-Security-Policy')).replace(
      "style-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
    );
    response
      .setHeader('Content-Security-Policy', policy)
      .setHeader('Cache-Control', 'no-cache')
      .type('html')
      .send(page.replaceAll('__CSP_NONCE__', nonce));
  });
}

/** The page with its style sheet inside, so that the first paint waits for one answer less. */
function withStyles(folder: string, page: string): string {
  return page.replace(/<link rel="stylesheet" href="(styles-[\w-]+\.css)"[^>]*>/, (_, file: string) => {
    return `<style nonce="__CSP_NONCE__">${readFileSync(join(folder, file), 'utf8')}</style>`;
  });
}
