import * as z from 'zod';
import { endpoint } from './endpoint.js';

export const healthApi = {
  live: endpoint({
    method: 'GET',
    path: '/health/live',
    summary: 'The process answers',
    response: z.object({ status: z.literal('ok') }),
  }),
  ready: endpoint({
    method: 'GET',
    path: '/health/ready',
    summary: 'The process can serve: database reachable, migrations applied (503 otherwise)',
    response: z.object({ status: z.literal('ok'), database: z.literal('ok'), migrations: z.literal('ok') }),
  }),
};
