/**
 * Domains that many employers share, so that having one in common says nothing. Kept by hand: those that American employers
 * give as a website or contact address. One that is missing here costs a person a look at a pair that is none, nothing more.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Mail services open to everyone, internet providers among them. */
export const FREE_MAIL = words(`
  gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com icloud.com me.com
  mac.com aol.com aim.com proton.me protonmail.com pm.me gmx.com mail.com zoho.com fastmail.com hey.com tutanota.com
  comcast.net xfinity.com att.net sbcglobal.net bellsouth.net verizon.net cox.net charter.net spectrum.net roadrunner.com
  rr.com twc.com windstream.net frontier.com centurylink.net embarqmail.com earthlink.net juno.com netzero.net suddenlink.net
  optimum.net mediacombb.net tds.net hughes.net
`);

/** Services on which an employer has a page, not a domain. */
export const MANY_EMPLOYERS = words(`
  facebook.com fb.com fb.me instagram.com linkedin.com twitter.com x.com tiktok.com youtube.com yelp.com google.com goo.gl
  g.page linktr.ee yellowpages.com mapquest.com indeed.com nextdoor.com bit.ly
`);

/** Builders beneath which each employer has a name of its own. */
export const SITE_BUILDERS = words(`
  wixsite.com wix.com weebly.com squarespace.com wordpress.com blogspot.com godaddysites.com business.site square.site
  myshopify.com webflow.io github.io netlify.app vercel.app web.app firebaseapp.com herokuapp.com azurewebsites.net
  jimdosite.com site123.me strikingly.com
`);

/** Second levels under a country's domain that are no one's own. */
export const GENERIC_SECOND_LEVELS = words('com co net org gov gob edu ac mil or ne go');
