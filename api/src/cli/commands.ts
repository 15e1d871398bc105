/** What each file of a command exports: does the work and answers with the exit status. */
export interface Command {
  run(args: string[]): Promise<number>;
}

export interface CommandEntry {
  /** The words after `throughway` that call it. */
  words: string;
  /** Its arguments, as help shows them. */
  usage: string;
  /** What it is for, in one line. */
  summary: string;
  /** Loads the command's file only when it is called, so that a light command never loads the whole server. */
  load(): Promise<Command>;
}

/** Every command of `throughway`, in the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    words: 'align',
    usage: '--data DIR --as-of DATE --out DIR [--threshold 0.8] [--previous alignment.json] [--json]',
    summary: 'Says where every pathway leads, and how deep every partnership is',
    load: () => import('./align.js'),
  },
  {
    words: 'audit',
    usage: 'verify [--json]',
    summary: 'Verifies that the record of who did what was not rewritten',
    load: () => import('./audit.js'),
  },
  {
    words: 'backup',
    usage: 'FILE',
    summary: 'Writes everything in the database to a file, while the server works on',
    load: () => import('./backup.js'),
  },
  {
    words: 'import',
    usage: 'DIR [--network main] [--partial] [--json]',
    summary: 'Saves a folder of CSV files, or a zip of them, and brings results up to date',
    load: () => import('./import.js'),
  },
  {
    words: 'organizations',
    usage: 'add --kind state|region|district|school|college|employer --name NAME [--parent ID]',
    summary: 'Adds an organization and prints its id',
    load: () => import('./organizations.js'),
  },
  {
    words: 'people',
    usage: 'invite --organization ID --role ROLE --email ADDRESS [--language en|es]',
    summary: 'Invites someone into a role and prints the link to hand over',
    load: () => import('./people.js'),
  },
  {
    words: 'people suspend',
    usage: '--email ADDRESS',
    summary: 'Suspends someone: they are signed out and cannot sign in, nor accept an invitation',
    load: async () => (await import('./people-access.js')).suspend,
  },
  {
    words: 'people restore',
    usage: '--email ADDRESS',
    summary: 'Lets someone who was suspended sign in again',
    load: async () => (await import('./people-access.js')).restore,
  },
  {
    words: 'people reset-second-factor',
    usage: '--email ADDRESS',
    summary: "Removes someone's authenticator app, recovery codes and passkeys, so that they set up new ones",
    load: async () => (await import('./people-access.js')).resetSecondFactor,
  },
  {
    words: 'reference',
    usage: 'load DIR [--json] | compile-starter DIR',
    summary: "Loads labor-market reference data from the publishers' files",
    load: () => import('./reference.js'),
  },
  {
    words: 'restore',
    usage: 'FILE [--replace] [--tombstones FILE]… [--without-later-tombstones]',
    summary: 'Puts a backup in the place of everything in the database, and erases again what was erased since',
    load: () => import('./restore.js'),
  },
  {
    words: 'sample',
    usage: '--out DIR [--as-of DATE] [--seed N]',
    summary: 'Writes the synthetic sample network as a folder of CSV files',
    load: () => import('./sample.js'),
  },
  {
    words: 'students',
    usage: 'erase --id ID',
    summary: "Erases a student's record, whole and for good",
    load: () => import('./students.js'),
  },
];

/** The command whose words `args` begin with, the longest such, and the arguments after them; null when there is none. */
export function findCommand(args: readonly string[]): { command: CommandEntry; rest: string[] } | null {
  const matching = COMMANDS.filter(({ words }) => words.split(' ').every((word, at) => args[at] === word));
  const command = matching.sort((a, b) => b.words.length - a.words.length)[0];
  return command ? { command, rest: args.slice(command.words.split(' ').length) } : null;
}
