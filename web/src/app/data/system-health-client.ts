import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { SystemHealth } from '@throughway/contracts/system-health';
import { answer } from './answer';

@Injectable({ providedIn: 'root' })
export class SystemHealthClient {
  health() {
    return answer(
      httpResource<SystemHealth>(() => '/api/system-health'),
      'keeps',
    );
  }
}
