/** The command line was used in a way that cannot work: exit code 2. */
export class WrongUse extends Error {
  override readonly name = "WrongUse";
}
