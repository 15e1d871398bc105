import { NetworkReader, type ReadNetwork } from './network-reader.js';

/** A folder by file name; bytes where text cannot say it, null for a file that is missing. */
export type Folder = Readonly<Record<string, string | Uint8Array | null>>;

const SAMPLE: Folder = {
  'employers.csv': 'employer_id,name,naics,contact_email,ein,website\nE1,Sample Mill,,,,\nE2,Sample Clinic,,,,\n',
  'sites.csv':
    'site_id,employer_id,name,county_fips,time_zone\nS1,E1,Mill,21067,\nS2,E2,Clinic,21071,America/New_York\n',
  'skills.csv': 'skill_id,name\nK1,Welding\nK2,Blueprints\n',
  'credentials.csv': 'credential_id,name\nQ1,Sample certificate\n',
  'requirements.csv':
    'requirement_id,employer_id,site_id,soc,title,headcount_per_year,wage_floor_hourly,recorded_on,effective_on,review_by\n' +
    'R1,E1,S1,51-4121,Welder,4,18.50,2025-01-10,2025-02-01,2027-01-31\n' +
    'R2,E2,S2,29-1141.00,Nurse,2,,2025-03-01,2025-03-01,2026-12-31\n',
  'requirement_skills.csv':
    'requirement_id,skill_id,level,necessity,vote\nR1,K1,3,day-one,essential\nR1,K2,2,trainable,\n',
  'requirement_credentials.csv': 'requirement_id,credential_id,necessity\nR1,Q1,required\n',
  'institutions.csv':
    'institution_id,name,county_fips,reach\nI1,Sample College,21067,21067;21071\nI2,Sample School,21071,\n',
  'pathways.csv':
    'pathway_id,institution_id,name,cip,target_socs\nP1,I1,Welding,48.0508,51-4121;51-4122\nP2,I2,Nursing,,\n',
  'versions.csv': 'version_id,pathway_id,adopted_on\nV1,P1,2024-08-01\n',
  'units.csv': 'unit_id,version_id,name,hours\nU1,V1,Arc welding,120.5\n',
  'unit_skills.csv': 'unit_id,skill_id,level\nU1,K1,3\n',
  'version_credentials.csv': 'version_id,credential_id\nV1,Q1\n',
  'cohorts.csv': 'cohort_id,version_id,completes_on,expected_completers\nC1,V1,2026-08-15,12\n',
  'commitments.csv':
    'commitment_id,employer_id,site_id,requirement_id,pathway_id,kind,seats,wage_floor_hourly,opens_on,closes_on,answer_within_days\n' +
    'M1,E1,S1,R1,,direct-hire,2,19,2026-01-01,2026-12-31,10\n',
  'activations.csv':
    'activation_id,commitment_id,activated_on,due_on,answered_on,disposition,reason,cohort_id\n' +
    'A1,M1,2026-02-01,2026-02-15,2026-02-10,hired,,C1\nA2,M1,2026-03-01,2026-03-15,,,,\n',
  'evidence.csv':
    'evidence_id,employer_id,pathway_id,site_id,kind,occurred_on,recorded_on,confirmed_on,second_person,quantity,agreement_on,evaluated_on\n' +
    'X1,E1,P1,S1,paid-placement,2026-01-05,2026-01-06,2026-01-07,yes,80.25,2025-12-20,2026-03-01\n' +
    'X2,E1,P1,,meeting,2026-01-05,2026-01-06,,,,,\n',
  'educators.csv': 'educator_id,institution_id,name\nT1,I1,Sample Educator\n',
  'educator_skills.csv': 'educator_id,skill_id,last_industry_contact_on\nT1,K1,2025-05-01\n',
  'areas.csv': 'area_id,county_fips\nN1,21067\nN1,21071\n',
  'projections.csv':
    'area_id,soc,annual_openings,median_wage_hourly,source,vintage\nN1,51-4121,120,22.10,KYSTATS,2022-32\n',
};

/** A small folder in which every file has rows and nothing is wrong, with some files replaced. */
export function aFolder(changes: Folder = {}): Folder {
  return { ...SAMPLE, ...changes };
}

/** The sample's file with one row (counted from 1 after the header) replaced, or with rows added at its end. */
export function withRow(file: string, row: number | 'new', text: string): Folder {
  const lines = String(SAMPLE[file]).trimEnd().split('\n');
  if (row === 'new') lines.push(text);
  else lines[row] = text;
  return aFolder({ [file]: `${lines.join('\n')}\n` });
}

/** Reads a folder in pieces of the given size. */
export function readTexts(folder: Folder, pieceSize = 65_536): ReadNetwork {
  const reader = new NetworkReader();
  for (const [name, content] of Object.entries(folder)) {
    if (content === null) continue;
    const bytes = typeof content === 'string' ? utf8(content) : content;
    const file = reader.file(name);
    for (let at = 0; at < bytes.length; at += pieceSize) if (!file?.push(bytes.subarray(at, at + pieceSize))) break;
    file?.end();
  }
  return reader.finish();
}

export function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}
