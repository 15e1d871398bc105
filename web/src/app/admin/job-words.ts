/** Kinds of work that have words; any other goes by its own name. */
const QUEUES = [
  'import',
  'nightly-alignment',
  'staleness-review',
  'nightly-forgetting',
  'nightly-retention',
  'daily-root',
  'weekly-round',
  'weekly-digest',
  'send-mail',
];

/** Letters that have words; any other goes by its own name. */
const TEMPLATES = [
  'invitation',
  'sign-in-link',
  'supervisor-link',
  'consent-asked',
  'consent-answered',
  'weekly-digest',
];

/** Reasons that the queue itself gives (pg-boss 12), by their words here. */
const REASONS: Readonly<Record<string, string>> = {
  'job heartbeat timeout': 'worker-gone',
  'job timed out': 'too-long',
  'pg-boss shut down while active': 'server-stopped',
};

type Say = (key: string) => string;

export function queueName(queue: string, say: Say): string {
  return QUEUES.includes(queue) ? say(`jobs.queue.${queue}`) : queue;
}

export function letterName(template: string, say: Say): string {
  return TEMPLATES.includes(template) ? say(`jobs.letter.${template}`) : template;
}

export function reasonOf(reason: string, say: Say): string {
  const known = REASONS[reason];
  return known === undefined ? reason : say(`jobs.reason.${known}`);
}
