import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { NetworkList } from '@throughway/contracts/networks';
import { answer } from './answer';

@Injectable({ providedIn: 'root' })
export class NetworksClient {
  /** Networks that hold data, the default first. */
  list() {
    return answer(httpResource<NetworkList>(() => '/api/networks'));
  }
}
