import * as z from 'zod';
import { endpoint } from './endpoint.js';
import { NetworkRef } from './words.js';

export const NetworkList = z.object({ networks: z.array(NetworkRef) });
export type NetworkList = z.infer<typeof NetworkList>;

export const networksApi = {
  /** Networks that hold data, the one shown by default first (a real one before the sample). */
  list: endpoint({
    method: 'GET',
    path: '/api/networks',
    summary: 'Networks, default first',
    response: NetworkList,
  }),
};
