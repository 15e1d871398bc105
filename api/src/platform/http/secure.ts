import helmet from 'helmet';
import type { Express, NextFunction, Request, Response } from 'express';

/** The page calls nobody else (TRUST S7): everything comes from this origin; nothing may frame it. */
const POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** Security headers on every answer; the API's own documentation page alone may style and script itself inline. */
export function secure(app: Express): void {
  const strict = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  const documentation = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...POLICY, styleSrc: ["'self'", "'unsafe-inline'"], scriptSrc: ["'self'", "'unsafe-inline'"] },
    },
    strictTransportSecurity: false,
  });
  app.use((request: Request, response: Response, next: NextFunction) =>
    (/^\/api\/docs(\/|\.json$|\.yaml$|$)/.test(request.path) ? documentation : strict)(request, response, next),
  );
}
