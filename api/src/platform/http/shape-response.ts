import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type * as z from 'zod';

/** Cuts an answer to what the contract names. An answer that does not fit its own contract is a bug and becomes a 500. */
@Injectable()
export class ShapeResponse implements NestInterceptor {
  constructor(private readonly schema: z.ZodType) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer) => {
        const parsed = this.schema.safeParse(answer);
        if (!parsed.success) throw new Error(`The answer does not fit its contract: ${parsed.error.message}`);
        return parsed.data;
      }),
    );
  }
}
