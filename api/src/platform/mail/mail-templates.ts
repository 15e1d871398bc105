import type { Role } from '@throughway/vocabulary/roles';
import { button, heading, layOut, type Letter, type LetterLink, list, paragraph, type StopLinks } from './letter.js';

type Language = 'en' | 'es';

interface Details {
  /** `invitedBy` is null when the server's operator invites. */
  invitation: { organization: string; role: Role; invitedBy: string | null; url: string };
  'sign-in-link': { name: string; url: string };
  'supervisor-link': { name: string; organization: string; task: string; url: string };
  /** `url` opens the question itself for whom it was mailed to without an account; else it is a page behind the sign-in. */
  'consent-asked': { school: string; employer: string; untilOn: string; url: string };
  'consent-answered': {
    school: string;
    employer: string;
    answer: 'given' | 'declined';
    url: string;
    /** Absent in what waited before there were such links. */
    stop?: StopLinks;
  };
  /** In its receiver's language already: its sections are written by rooms that this place does not know. */
  'weekly-digest': { sections: { title: string; lines: string[]; link: LetterLink }[]; stop?: StopLinks };
}

export type MailTemplate = keyof Details;
export type MailDetail<T extends MailTemplate> = Details[T];

const ROLE_WORDS: Record<Language, Record<Role, string>> = {
  en: {
    administrator: 'administrator',
    coordinator: 'coordinator',
    educator: 'educator',
    leader: 'leader',
    'employer-admin': 'employer administrator',
    'employer-member': 'employer member',
    student: 'student',
    guardian: 'guardian',
  },
  es: {
    administrator: 'administración',
    coordinator: 'coordinación',
    educator: 'docente',
    leader: 'dirección',
    'employer-admin': 'administración de la empresa',
    'employer-member': 'miembro de la empresa',
    student: 'estudiante',
    guardian: 'madre, padre o tutor',
  },
};

/** What each mail says. For how long its link works, and how often, the letter says itself. */
export const MAIL_TEMPLATES: { [T in MailTemplate]: (detail: Details[T], language: Language) => Letter } = {
  invitation: ({ organization, role, invitedBy, url }, language) =>
    language === 'es'
      ? letter(
          `Invitación a Throughway: ${organization}`,
          [
            `${invitedBy ?? 'Se'} le invita a Throughway como ${ROLE_WORDS.es[role]} de ${organization}.`,
            'En Throughway, escuelas y empresas ven juntas adónde llevan los programas de estudio.',
          ],
          { url, label: 'Aceptar la invitación' },
          'El enlace sirve una vez y durante una hora; después, la misma página le envía otro. Si no esperaba este correo, no haga nada.',
        )
      : letter(
          `Invitation to Throughway: ${organization}`,
          [
            `${invitedBy === null ? 'You are invited' : `${invitedBy} invites you`} to Throughway as ${ROLE_WORDS.en[role]} of ${organization}.`,
            'In Throughway, schools and employers see together where school pathways lead.',
          ],
          { url, label: 'Accept the invitation' },
          'The link works once, for one hour; after that, the same page sends you a fresh one. If you did not expect this mail, do nothing.',
        ),
  'sign-in-link': ({ name, url }, language) =>
    language === 'es'
      ? letter(
          'Su enlace para entrar en Throughway',
          [`Hola, ${name}:`, 'Con este enlace entra en Throughway.'],
          { url, label: 'Entrar' },
          'Sirve una vez y durante 30 minutos. Si no lo pidió, no haga nada: nadie entra sin él.',
        )
      : letter(
          'Your link to sign in to Throughway',
          [`Hello ${name},`, 'this link signs you in to Throughway.'],
          { url, label: 'Sign in' },
          'It works once, for 30 minutes. If you did not ask for it, do nothing: nobody gets in without it.',
        ),
  'supervisor-link': ({ name, organization, task, url }, language) =>
    language === 'es'
      ? letter(
          `${organization}: ${task}`,
          [
            `Hola, ${name}:`,
            `${organization} le muestra lo que el puesto «${task}» pide el primer día. No necesita cuenta.`,
          ],
          { url, label: 'Ver el puesto' },
          'El enlace es solo para usted y sirve durante 30 días, o hasta que la empresa lo retire.',
        )
      : letter(
          `${organization}: ${task}`,
          [
            `Hello ${name},`,
            `${organization} shows you what the role “${task}” asks for on its first day. You need no account.`,
          ],
          { url, label: 'See the role' },
          'The link is for you alone and works for 30 days, or until the employer takes it back.',
        ),
  // No student is named in these two: a mail may reach somebody else.
  'consent-asked': ({ school, employer, untilOn, url }, language) =>
    language === 'es'
      ? letter(
          `${school}: ¿puede ${employer} ver algunos datos?`,
          [
            `${school} le pregunta si puede mostrar a ${employer} algunos datos del expediente escolar de un estudiante.`,
            `Usted decide. En la página ve qué datos, para qué y hasta cuándo. Sin su sí, ${employer} no ve nada.`,
          ],
          { url, label: 'Leer y decidir' },
          `El enlace es solo para usted: no lo reenvíe. Con él también puede retirar su permiso, hasta el ${day(untilOn, language)}.`,
        )
      : letter(
          `${school}: may ${employer} see some details?`,
          [
            `${school} asks whether it may show ${employer} some details of a student's school record.`,
            `You decide. The page says which details, why, and until when. Without your yes, ${employer} sees nothing.`,
          ],
          { url, label: 'Read and decide' },
          `The link is for you alone: do not forward it. With it you can also take your yes back, until ${day(untilOn, language)}.`,
        ),
  'consent-answered': ({ school, employer, answer, url, stop }, language) =>
    language === 'es'
      ? letter(
          `${school}: respuesta sobre ${employer}`,
          [
            answer === 'given'
              ? `Le han dicho que sí: ${employer} puede ver los datos por los que preguntó.`
              : `Le han dicho que por ahora no: ${employer} no ve los datos por los que preguntó.`,
          ],
          { url, label: 'Ver la respuesta' },
          'Puede dejar de recibir estos correos en su perfil.',
          stop && { links: stop, label: 'No recibir más estos correos' },
        )
      : letter(
          `${school}: an answer about ${employer}`,
          [
            answer === 'given'
              ? `The answer is yes: ${employer} may see the details that you asked about.`
              : `The answer is not now: ${employer} does not see the details that you asked about.`,
          ],
          { url, label: 'See the answer' },
          'You can turn these mails off in your profile.',
          stop && { links: stop, label: 'Turn these mails off' },
        ),
  'weekly-digest': ({ sections, stop }, language) => {
    const pieces = sections.flatMap(({ title, lines, link }) => [heading(title), list(lines), button(link)]);
    return language === 'es'
      ? layOut(
          'Throughway: lo que le espera esta semana',
          [
            paragraph('Esto le espera en Throughway.'),
            ...pieces,
            paragraph('Este correo llega como mucho una vez por semana, y solo si algo le espera.'),
          ],
          stop && { links: stop, label: 'No recibir más estos correos' },
        )
      : layOut(
          'Throughway: what waits for you this week',
          [
            paragraph('This waits for you in Throughway.'),
            ...pieces,
            paragraph('This mail comes once a week at most, and only when something waits for you.'),
          ],
          stop && { links: stop, label: 'Turn these mails off' },
        );
  },
};

function letter(
  subject: string,
  lines: string[],
  link: LetterLink,
  end: string,
  stop?: { links: StopLinks; label: string },
): Letter {
  return layOut(subject, [...lines.map(paragraph), button(link), paragraph(end)], stop);
}

function day(date: string, language: Language): string {
  return new Intl.DateTimeFormat(`${language}-US`, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}
