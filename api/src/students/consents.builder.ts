import type {
  Consent,
  Disclosures,
  MyConsents,
  SharedStudent,
  SharedStudents,
  StudentConsents,
} from '@throughway/contracts/consents';
import request from 'supertest';
import type { DataSource } from 'typeorm';
import type { SignedIn } from '../identity/people.builder.js';
import { asCommand } from '../platform/http/as-command.builder.js';

type Server = Parameters<typeof request>[0];
type Reader = Pick<SignedIn, 'cookie'>;

/** Consents as those meet them over HTTP whom they concern. */
export class ConsentsOverHttp {
  constructor(
    private readonly server: Server,
    private readonly source: DataSource,
  ) {}

  ask(
    { cookie }: Reader,
    studentId: string,
    question: { recipientId: string } & Record<string, unknown>,
  ): request.Test {
    return request(this.server)
      .post(`/api/students/${studentId}/consents`)
      .set(asCommand())
      .set('Cookie', cookie)
      .send({ records: ['name', 'grade'], purpose: 'placement', untilOn: '2026-12-31', ...question });
  }

  /** Asks, and answers the new question's id. */
  async asked(reader: Reader, studentId: string, question: Parameters<ConsentsOverHttp['ask']>[2]): Promise<string> {
    const answer = await this.ask(reader, studentId, question).expect(200);
    return (answer.body as StudentConsents).consents[0]?.consentId ?? '';
  }

  list({ cookie }: Reader, studentId: string): request.Test {
    return request(this.server).get(`/api/students/${studentId}/consents`).set('Cookie', cookie);
  }

  async mine({ cookie }: Reader): Promise<MyConsents['students']> {
    const answer = await request(this.server).get('/api/my-consents').set('Cookie', cookie).expect(200);
    return (answer.body as MyConsents).students;
  }

  answer({ cookie }: Reader, consentId: string, answer: 'given' | 'declined' = 'given'): request.Test {
    return request(this.server)
      .post(`/api/consents/${consentId}/answer`)
      .set(asCommand())
      .set('Cookie', cookie)
      .send({ answer });
  }

  withdraw({ cookie }: Reader, consentId: string): request.Test {
    return request(this.server).delete(`/api/consents/${consentId}`).set(asCommand()).set('Cookie', cookie);
  }

  byLink(token: string, deed: '' | '/answer' | '/withdrawal' = '', body: object = {}): request.Test {
    return request(this.server)
      .post(`/api/consent-by-link${deed}`)
      .set(asCommand())
      .send({ token, ...body });
  }

  disclosures({ cookie }: Reader, studentId: string, query = {}): request.Test {
    return request(this.server).get(`/api/students/${studentId}/disclosures`).query(query).set('Cookie', cookie);
  }

  async looks(reader: Reader, studentId: string): Promise<Disclosures['disclosures']> {
    return ((await this.disclosures(reader, studentId).expect(200)).body as Disclosures).disclosures;
  }

  async shared({ cookie }: Reader, query = {}): Promise<SharedStudents> {
    const answer = await request(this.server)
      .get('/api/shared-students')
      .query(query)
      .set('Cookie', cookie)
      .expect(200);
    return answer.body as SharedStudents;
  }

  sharedStudent({ cookie }: Reader, studentId: string): request.Test {
    return request(this.server).get(`/api/shared-students/${studentId}`).set('Cookie', cookie);
  }

  /** What an employer's person sees of one student; nothing where it is refused as not there. */
  async sees(reader: Reader, studentId: string): Promise<SharedStudent[]> {
    const answer = await this.sharedStudent(reader, studentId);
    if (answer.status === 404) return [];
    return (answer.body as { shared: SharedStudent[] }).shared;
  }

  /** What stands in the mails that wait for an address, latest first. */
  async mailsTo(email: string): Promise<{ template: string; url: string; language: string; text: string }[]> {
    return this.source.query(
      `SELECT template, detail->>'url' AS url, language, detail::text AS text FROM mail_outbox
       WHERE lower(recipient) = lower($1) ORDER BY created_at DESC, mail_id`,
      [email],
    );
  }

  /** The token of the latest link that was mailed to an address. */
  async tokenTo(email: string): Promise<string> {
    const [mail] = await this.mailsTo(email);
    return mail?.url.split('#token=')[1] ?? '';
  }

  static body(answer: { body: unknown }): Consent {
    return answer.body as Consent;
  }
}
