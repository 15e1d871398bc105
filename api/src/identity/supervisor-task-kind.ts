/** What a supervisor's link can open. A room that gives supervisors something to do adds its kind here and in the table. */
export type SupervisorTaskKind = 'read-requirement';
