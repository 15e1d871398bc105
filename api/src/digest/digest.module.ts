import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { WeeklyDigest } from './weekly-digest.jobs.js';

@Module({ imports: [IdentityModule], providers: [WeeklyDigest] })
export class DigestModule {}
