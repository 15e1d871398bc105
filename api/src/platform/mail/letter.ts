/** A mail as it goes out, in one language. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
  /** Beside those that every mail has. */
  headers?: Record<string, string>;
}

/** How whom a mail reaches has no more of its kind, without signing in. */
export interface StopLinks {
  /** The page that asks once more. */
  page: string;
  /** Where a mail program asks by itself, with POST (RFC 8058). */
  oneClick: string;
}

export interface LetterLink {
  url: string;
  label: string;
}

/** A piece of a letter, as text and as HTML, in neither of which anything that people wrote means more than its words. */
interface Piece {
  text: string;
  html: string;
}

export function paragraph(line: string): Piece {
  return { text: oneLine(line), html: `<p style="margin:0 0 16px">${escape(oneLine(line))}</p>` };
}

export function heading(line: string): Piece {
  return { text: oneLine(line), html: `<h2 style="font-size:18px;margin:24px 0 8px">${escape(oneLine(line))}</h2>` };
}

export function list(lines: readonly string[]): Piece {
  const item = (line: string): string => `<li style="margin:0 0 8px">${escape(oneLine(line))}</li>`;
  return {
    text: lines.map((line) => `- ${oneLine(line)}`).join('\n'),
    html: `<ul style="margin:0 0 16px;padding:0 0 0 20px">${lines.map(item).join('')}</ul>`,
  };
}

export function button({ url, label }: LetterLink): Piece {
  return {
    text: `${label}: ${url}`,
    html:
      `<p style="margin:0 0 16px"><a href="${escape(url)}" style="display:inline-block;padding:12px 20px;` +
      `border-radius:6px;background:#0b5c63;color:#fff;text-decoration:none">${escape(label)}</a></p>`,
  };
}

/** A letter of these pieces; an optional mail's ends with its way out, which its headers say too. */
export function layOut(subject: string, pieces: readonly Piece[], stop?: { links: StopLinks; label: string }): Letter {
  const end = stop && {
    text: `${stop.label}: ${stop.links.page}`,
    html: `<p style="margin:0"><a href="${escape(stop.links.page)}">${escape(stop.label)}</a></p>`,
  };
  const all = [...pieces, ...(end ? [end] : [])];
  return {
    subject: oneLine(subject),
    text: `${all.map(({ text }) => text).join('\n\n')}\n`,
    html:
      '<div style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:0 auto;padding:16px;color:#1c2526">' +
      `${all.map(({ html }) => html).join('')}</div>`,
    ...(stop && {
      // RFC 2369 and RFC 8058.
      headers: {
        'List-Unsubscribe': `<${stop.links.oneClick}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }),
  };
}

/** Names come from people: none of them starts a line, a header or a run of text in the other direction. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Bidi_C}]+/gu, ' ');
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
