import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';

/** A browser of specs: it keeps the cookies that the application gives it. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** `cookie` is one that it has from before, such as a session's. */
  constructor(
    private readonly app: NestExpressApplication,
    cookie?: string,
  ) {
    if (cookie) this.take(cookie);
  }

  /** Puts a cookie (`name=value`) in the place of one of the same name. */
  take(cookie: string): void {
    const [name = '', value = ''] = cookie.split('=');
    this.cookies.set(name, value);
  }

  /** Another with the same cookies, which changes alone from now on. */
  copy(): Browser {
    const other = new Browser(this.app);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  async send(method: 'get' | 'post' | 'delete', path: string, body?: object): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await request(this.app.getHttpServer())
      [method](path)
      .set(cookie ? { Cookie: cookie } : {})
      .send(body);
    const given = (answer.headers['set-cookie'] ?? []) as unknown as string[];
    for (const line of given) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: answer.status, body: answer.body as Record<string, unknown>, setCookies: given };
  }
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  setCookies: string[];
}
