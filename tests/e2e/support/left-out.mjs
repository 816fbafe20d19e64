// Tests that need more than every machine has.

/** The reason for `skip`, where something is missing. In CI, nothing may be missing. */
export function leftOut(reason) {
  if (process.env.CI || process.env.PUTRIGHT_CI) throw new Error(reason);
  return `not tested: ${reason}`;
}
