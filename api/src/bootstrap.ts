import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import { Logger } from 'nestjs-pino';
import { join } from 'node:path';
import { AppModule } from './app.module.js';
import { recognize } from './platform/auth/recognize.js';
import { Sessions } from './platform/auth/sessions.js';
import { type Config, offersSamplePeople, PROJECT_ROOT } from './platform/config/config.js';
import { openDataSource } from './platform/database/data-source.js';
import type { Pools } from './platform/database/database.module.js';
import { type DatabaseUrls, requireWalled } from './platform/database/roles.js';
import { Transactions } from './platform/database/transactions.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { SystemHealthService } from './platform/health/system-health.service.js';
import { answerUnreadable } from './platform/http/answer-unreadable.js';
import { methodsAt, serveOpenApi } from './platform/http/openapi.js';
import { identifyRequest } from './platform/http/identify-request.js';
import { servePortal } from './platform/http/portal.js';
import { tagOf } from './platform/http/seen.js';
import { secure } from './platform/http/secure.js';
import { MailboxService } from './platform/mail/mailbox.service.js';
import { serveLetters } from './platform/mail/serve-letters.js';
import { Metrics } from './platform/metrics/metrics.js';
import { serveMetrics } from './platform/metrics/serve-metrics.js';
import { showStopPage } from './platform/mail/show-stop-page.js';

/** Connections for jobs, which are worked one by one. */
const WORKER_POOL_SIZE = 5;

/** The whole application on a migrated database, initialized and not yet listening. */
export async function createApp(config: Config & DatabaseUrls): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.using(config, await openPools(config)), {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  const express = app.getHttpAdapter().getInstance();
  express.disable('x-powered-by');
  express.set('query parser', 'simple');
  express.set('etag', tagOf);
  express.set('trust proxy', config.TRUSTED_PROXIES);
  express.use(identifyRequest);
  express.use(app.get(Metrics).count);
  secure(express, { https: config.PUBLIC_URL?.startsWith('https:') ?? false });
  app.use(compression());
  app.use('/api', recognize(app.get(Sessions), app.get(Transactions), offersSamplePeople(config)));
  // JSON alone: a form is what a page of another site can send without asking.
  app.useBodyParser('json', { limit: '1mb' });
  app.useGlobalFilters(new ProblemFilter(methodsAt(app)));
  express.get('/metrics', serveMetrics(app.get(Metrics), app.get(SystemHealthService), config));
  servePortal(express, join(PROJECT_ROOT, 'web', 'dist', 'browser'));
  express.get('/api/mails/stop', showStopPage);
  express.get('/api/development/letters/:letterId/html', serveLetters(app.get(MailboxService)));
  serveOpenApi(app);
  await app.init();
  answerUnreadable(app.getHttpServer());
  return app;
}

async function openPools(config: Config & DatabaseUrls): Promise<Pools> {
  const app = await openDataSource(config.DATABASE_URL, config.DATABASE_POOL_SIZE);
  const worker = await openDataSource(config.DATABASE_WORKER_URL, WORKER_POOL_SIZE);
  await requireWalled((sql) => app.query(sql), 'DATABASE_URL');
  await requireWalled((sql) => worker.query(sql), 'DATABASE_WORKER_URL');
  return { app, worker };
}
