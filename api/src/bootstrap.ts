import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import { Logger } from 'nestjs-pino';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { recognize } from './platform/auth/recognize.js';
import { Sessions } from './platform/auth/sessions.js';
import { type Config, PROJECT_ROOT } from './platform/config/config.js';
import { Transactions } from './platform/database/transactions.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { methodsAt, serveOpenApi } from './platform/http/openapi.js';
import { identifyRequest } from './platform/http/identify-request.js';
import { servePortal } from './platform/http/portal.js';
import { secure } from './platform/http/secure.js';

/** The whole application on an open, migrated database, initialized and not yet listening. */
export async function createApp(config: Config, source: DataSource): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.using(config, source), {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  const express = app.getHttpAdapter().getInstance();
  express.disable('x-powered-by');
  express.set('query parser', 'simple');
  express.use(identifyRequest);
  secure(express, { https: config.PUBLIC_URL?.startsWith('https:') ?? false });
  app.use(compression());
  app.use('/api', recognize(app.get(Sessions), app.get(Transactions)));
  // JSON alone: a form is what a page of another site can send without asking.
  app.useBodyParser('json', { limit: '1mb' });
  app.useGlobalFilters(new ProblemFilter(methodsAt(app)));
  servePortal(express, join(PROJECT_ROOT, 'web', 'dist', 'browser'));
  serveOpenApi(app);
  await app.init();
  return app;
}
