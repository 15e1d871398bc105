/** SQLSTATE classes after which the same work may succeed: connection, rollback, resources, the operator's doing. */
const PASSING_STATE = /^(08|40|53|57P)/;
/** As far as the failure is the connection's: those of PASSING_STATE but a rollback. */
const LOST_STATE = /^(08|53|57P)/;
const LOST_SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
/** What pg and its pool say without a code. */
const LOST_WORDS =
  /^(Connection terminated|timeout (expired|exceeded when trying to connect)|Client has encountered a connection error)/;

/** Whether the database did not answer, or broke off; the work was not done and may be tried again. */
export function isUnreachable(error: unknown): boolean {
  const { code, message } = driverError(error);
  return LOST_STATE.test(code) || LOST_SOCKET.has(code) || LOST_WORDS.test(message);
}

/** Whether the same work may succeed when it is simply done again: the database was away, or another transaction won. */
export function isPassing(error: unknown): boolean {
  return isUnreachable(error) || PASSING_STATE.test(driverError(error).code);
}

/** TypeORM wraps what the driver threw. Told by form, not by class, which differs from one JavaScript realm to another. */
function driverError(error: unknown): { code: string; message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: '' };
  if ('driverError' in error) return driverError(error.driverError);
  return {
    code: 'code' in error ? String(error.code) : '',
    message: 'message' in error ? String(error.message) : '',
  };
}
