import { COMMANDS, findCommand, type CommandEntry } from './commands.js';
import { formatTable } from './format-table.js';
import { UsageError } from './usage-error.js';

const HELP_OPTIONS = ['--help', '-h'];

/**
 * Runs the command that the arguments name and answers with the exit status: the command's own, 2 when it was called wrongly,
 * 1 when it failed otherwise, which costs one line and no stack trace.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  if (args.length === 0 || ['help', ...HELP_OPTIONS].includes(args[0] ?? '')) {
    process.stdout.write(helpText());
    return args.length === 0 ? 2 : 0;
  }
  const found = findCommand(args);
  if (!found) {
    process.stderr.write(`throughway: found "${args.join(' ')}", expected a command\n\n${helpText()}`);
    return 2;
  }
  const { command, rest } = found;
  if (rest.some((arg) => HELP_OPTIONS.includes(arg))) {
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
  const commands = formatTable(
    ['Command', 'What it does'],
    COMMANDS.map(({ words, summary }) => [words, summary]),
  );
  return `Usage: throughway <command> …\n\n${commands}\nthroughway <command> --help names a command's arguments.\n`;
}
