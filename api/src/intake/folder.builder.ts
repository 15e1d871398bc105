import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** The smallest folder that can be aligned: one welder's requirement and one cohort that learns for it. */
export const SMALL_FOLDER: Readonly<Record<string, string>> = {
  'employers.csv': 'employer_id,name\nE1,Sample Mill\n',
  'sites.csv': 'site_id,employer_id,name,county_fips\nS1,E1,Main,21067\n',
  'skills.csv': 'skill_id,name\nK1,Welding\nK2,Blueprints\n',
  'requirements.csv':
    'requirement_id,employer_id,site_id,soc,headcount_per_year,recorded_on,effective_on,review_by\n' +
    'R1,E1,S1,51-4121,2,2025-01-10,2025-02-01,2027-01-31\n',
  'requirement_skills.csv': 'requirement_id,skill_id,level,necessity\nR1,K1,3,day-one\nR1,K2,2,trainable\n',
  'institutions.csv': 'institution_id,name,county_fips\nI1,Sample College,21067\n',
  'pathways.csv': 'pathway_id,institution_id,name,target_socs\nP1,I1,Sample Welding,51-4121\n',
  'versions.csv': 'version_id,pathway_id,adopted_on\nV1,P1,2024-08-01\n',
  'units.csv': 'unit_id,version_id,name,hours\nU1,V1,Arc welding,120\n',
  'unit_skills.csv': 'unit_id,skill_id,level\nU1,K1,3\n',
  'cohorts.csv': 'cohort_id,version_id,completes_on,expected_completers\nC1,V1,2026-08-15,8\n',
  'evidence.csv':
    'evidence_id,employer_id,pathway_id,kind,occurred_on,recorded_on,confirmed_on\n' +
    'X1,E1,P1,meeting,2026-05-01,2026-05-01,2026-05-02\n',
};

/** A new temporary folder that holds these files. */
export function aFolderOnDisk(files: Readonly<Record<string, string | Uint8Array>> = SMALL_FOLDER): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughway-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A zip archive of these entries, names as given, however unsafe; source: PKWARE APPNOTE 6.3, sections 4.3.7 to 4.3.16. */
export function aZip(entries: readonly (readonly [name: string, content: string | Uint8Array])[], flags = 0): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const fileName = Buffer.from(name);
    const raw = Buffer.from(content as Uint8Array);
    const packed = deflateRawSync(raw);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(raw.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, fileName, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, fileName]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
