import { FREE_MAIL, GENERIC_SECOND_LEVELS, MANY_EMPLOYERS, SITE_BUILDERS } from './shared-domains.js';

/** Ends of a name that say what a company is in law, not which one it is. `and` is what "& Co" leaves behind. */
const LEGAL_SUFFIXES = new Set(
  'inc incorporated llc llp lllp lp ltd limited co company corp corporation pllc pc plc and'.split(' '),
);

/**
 * A name as it is compared: lower case, no accents or punctuation, `&` as "and", without a leading "the" and without legal
 * suffixes. Idempotent; never empty for a name that is not; a name that is nothing but suffixes keeps its first word.
 */
export function normalizeEmployerName(name: string): string {
  const words = unaccented(unaccented(name))
    .replaceAll(/[.'’ʼ`´]/g, '')
    .replaceAll(/[&+]/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  while (words.length > 1 && LEGAL_SUFFIXES.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && words[0] === 'the') words.shift();
  return words.join(' ') || name.trim().toLowerCase() || name;
}

function unaccented(text: string): string {
  return text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

/** A host as `organization.web_domain` and the contract allow it. */
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * The domain that an employer owns, of a web or mail address: lower case, `www` and other hosts beneath it left out. Null when
 * there is none, or when it is one that many share: a mail service, a social network. Without the public suffix list, which
 * changes weekly: beneath a country it keeps three parts of `x.co.uk`, and all of a host under an American state
 * (`x.k12.ky.us`), so that it tells two apart sooner than it takes them for one.
 */
export function webDomainOf(address: string | null): string | null {
  const host = hostOf((address ?? '').trim().toLowerCase());
  if (!HOST.test(host) || host.length > 253) return null;
  const domain = ownDomain(host);
  return FREE_MAIL.has(domain) || MANY_EMPLOYERS.has(domain) || SITE_BUILDERS.has(domain) ? null : domain;
}

function hostOf(address: string): string {
  const mail = /^(?:mailto:)?[^\s/@]+@([^\s/@]+)$/.exec(address);
  const url = URL.parse(/^https?:\/\//.test(address) ? address : `https://${mail?.[1] ?? address}`);
  return (url?.hostname ?? '').replace(/\.$/, '').replace(/^www\./, '');
}

function ownDomain(host: string): string {
  const parts = host.split('.');
  const [second = '', top = ''] = parts.slice(-2);
  if (top === 'us' && second.length === 2) return host;
  const isGeneric = top.length === 2 && GENERIC_SECOND_LEVELS.has(second);
  const isBuilt = SITE_BUILDERS.has(`${second}.${top}`);
  return parts.slice(isGeneric || isBuilt ? -3 : -2).join('.');
}

/** An employer's own domain: of its website, or else of the address of whom to write to. */
export function employerWebDomain(employer: { website: string | null; contactEmail: string | null }): string | null {
  return webDomainOf(employer.website) ?? webDomainOf(employer.contactEmail);
}

/**
 * An Employer Identification Number as nine digits, or null when it is none: another length (a leading zero that a spreadsheet
 * ate is not guessed), or what people type to fill a field: 00-…, one digit nine times, 123456789. The IRS assigns no prefix 00
 * (Internal Revenue Manual 21.7.13, "EIN prefixes").
 */
export function einDigits(ein: string | null): string | null {
  const digits = (ein ?? '').replaceAll(/[\s‐-―-]/g, '');
  return /^\d{9}$/.test(digits) && !/^(00|(\d)\2{8}$|123456789$)/.test(digits) ? digits : null;
}
