/** Jest's global teardown: no process and no folder stays behind. */
export default async function teardown() {
  await globalThis.stopSpecDatabase?.();
}
