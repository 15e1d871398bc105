import { COMMANDS, findCommand, type CommandEntry } from './commands.js';
import { formatTable } from './format-table.js';
import { UsageError } from './usage-error.js';

const HELP_WORDS = ['help', '--help', '-h'];

// A reader that closes early (`throughway … | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2));

/** Runs one command; usage errors answer 2, any other failure 1 and one line without a stack trace. */
async function main(args: string[]): Promise<number> {
  if (args.length === 0 || HELP_WORDS.includes(args[0] ?? '')) {
    process.stdout.write(helpText());
    return args.length === 0 ? 2 : 0;
  }
  const found = findCommand(args);
  if (!found) {
    process.stderr.write(`throughway: there is no command "${args.join(' ')}"\n\n${helpText()}`);
    return 2;
  }
  const { command, rest } = found;
  if (rest.some((arg) => HELP_WORDS.slice(1).includes(arg))) {
    process.stdout.write(usageOf(command));
    return 0;
  }
  try {
    return await (await command.load()).run(rest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`throughway ${command.words}: ${message}\n`);
    if (!isUsageError(error)) return 1;
    process.stderr.write(`\n${usageOf(command)}`);
    return 2;
  }
}

/** Node's own parseArgs throws plain errors with codes of one family. */
function isUsageError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_'));
}

function usageOf({ words, usage, summary }: CommandEntry): string {
  return `${summary}.\n\nUsage: throughway ${words} ${usage}\n`;
}

function helpText(): string {
  const rows = COMMANDS.map(({ words, summary, usage }) => [words, summary, usage]);
  return `Usage: throughway <command> …\n\n${formatTable(['Command', 'What it does', 'Arguments'], rows)}`;
}
