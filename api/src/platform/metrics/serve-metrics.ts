import type { RequestHandler } from 'express';
import { hasToken } from '../auth/has-token.js';
import { type Config, offersSamplePeople } from '../config/config.js';
import type { SystemHealthService } from '../health/system-health.service.js';
import { isOnThisMachine } from '../http/on-this-machine.js';
import { gauge, type Metrics } from './metrics.js';

/**
 * Shows the metrics to whoever runs the server: with METRICS_TOKEN as bearer, or on a server private to its machine to who sits at it.
 * For others there is no such page. Without its database a process still tells of itself.
 */
export function serveMetrics(metrics: Metrics, health: SystemHealthService, config: Config): RequestHandler {
  const isPrivate = offersSamplePeople(config);
  return (request, response, next) => {
    const caller = { peer: request.socket.remoteAddress, headers: request.headers };
    if (!hasToken(request, config.METRICS_TOKEN) && !(isPrivate && isOnThisMachine(caller))) {
      response.status(404).type('text/plain').send('Not found');
      return;
    }
    health
      .gauges()
      .catch(() => [gauge('database_up', 'Whether the database answers', 0)])
      .then((gauges) => response.type('text/plain; version=0.0.4').send(metrics.text(gauges)))
      .catch(next);
  };
}
