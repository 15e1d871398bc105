import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config.js';

/**
 * JSON lines on standard output, one per request: id, method, path without its query (it may name people), status,
 * milliseconds. What is turned away as too much (503) is no error of ours, and under a flood its lines would be part of the load.
 */
export function loggerModule(config: Pick<Config, 'LOG_LEVEL'>): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: config.LOG_LEVEL,
      genReqId: (request: IncomingMessage) => request.id,
      customLogLevel: (_request, response, error) =>
        response.statusCode === 503
          ? 'info'
          : error || response.statusCode >= 500
            ? 'error'
            : response.statusCode >= 400
              ? 'info'
              : 'debug',
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  });
}
