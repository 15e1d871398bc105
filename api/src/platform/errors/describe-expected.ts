import type * as z from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  date: 'a date',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'an id as this server gives them',
  date: 'a day, YYYY-MM-DD',
  datetime: 'a time in UTC, such as 2026-06-30T12:00:00Z',
  email: 'a mail address',
  url: 'a URL',
};

/** What an input should have been, in words that follow "expected". */
export function describeExpected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}`;
    case 'invalid_format':
      // A schema that has words of its own for a pattern is heard; zod's would only repeat the pattern.
      return (
        FORMATS[issue.format] ??
        (/^Invalid /.test(issue.message) ? `a text of the form ${issue.pattern}` : issue.message)
      );
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'unrecognized_keys':
      return `no field ${issue.keys.join(', ')}`;
    default:
      return issue.message;
  }
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'string') return `${limit} characters`;
  return origin === 'array' || origin === 'set' ? `${limit} entries` : String(limit);
}
