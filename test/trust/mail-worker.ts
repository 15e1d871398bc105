// Sends the mails of api/src/platform/mail/outbox-crash.spec.ts until it is killed: DATABASE_WORKER_URL, SMTP_URL, DATA_DIR; with QUEUE
// the broken way, which says that a mail was sent before it is.
import { Clock } from '../../api/dist/platform/clock/clock.js';
import { parseConfig } from '../../api/dist/platform/config/config.js';
import { openDataSource } from '../../api/dist/platform/database/data-source.js';
import { WorkTransactions } from '../../api/dist/platform/database/transactions.js';
import { Jobs } from '../../api/dist/platform/jobs/jobs.js';
import { LetterBox } from '../../api/dist/platform/mail/letter-box.js';
import { MAIL_TEMPLATES } from '../../api/dist/platform/mail/mail-templates.js';
import { MailTransport } from '../../api/dist/platform/mail/mail-transport.js';
import { Outbox } from '../../api/dist/platform/mail/outbox.js';

const { DATABASE_WORKER_URL: url = '', SMTP_URL = '', DATA_DIR = '', QUEUE } = process.env;
// It opens no connection but the worker's.
const config = {
  ...parseConfig({ NODE_ENV: 'test', SMTP_URL, DATA_DIR }),
  DATABASE_URL: url,
  DATABASE_OWNER_URL: url,
  DATABASE_WORKER_URL: url,
};
const transactions = new WorkTransactions(await openDataSource(url, 2));
const jobs = new Jobs(config);
const patience = { reachMs: 1000, silentMs: 700, wholeMs: 1500 };
const transport = new MailTransport(config, new LetterBox(config), patience);

if (QUEUE === undefined) {
  await new Outbox(jobs, transactions, transport, new Clock(config), config).start();
} else {
  await jobs.work({ name: QUEUE, expireInSeconds: 60, retryLimit: 3 }, async ({ mailId }) => {
    const [rows]: [{ recipient: string; detail: never }[], number] = await transactions.run((em) =>
      em.query(
        `WITH marked AS (SELECT recipient, detail FROM mail_outbox WHERE mail_id = $1 AND sent_at IS NULL)
         UPDATE mail_outbox m SET sent_at = now(), detail = NULL FROM marked WHERE m.mail_id = $1
         RETURNING marked.recipient, marked.detail`,
        [mailId],
      ),
    );
    const mail = rows[0];
    if (mail)
      await transport.send(String(mailId), mail.recipient, 'en', MAIL_TEMPLATES['sign-in-link'](mail.detail, 'en'));
  });
}
process.send?.('works');
