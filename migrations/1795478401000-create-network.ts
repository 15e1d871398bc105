import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Owner: programs. A network is one region's schools and employers; its id leads the key of every row that came in with
 * it, so that nothing ever joins across networks and a tenant can take its place later.
 */
export class CreateNetwork1795478401000 implements MigrationInterface {
  name = 'CreateNetwork1795478401000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE network (
        network_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        slug text COLLATE "C" NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name text NOT NULL,
        sample boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
