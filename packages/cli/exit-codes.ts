/** Exit codes of every command. The first two numbers beyond the commands' own are those of sysexits.h. */

/** The command line is wrong: an unknown command or option. */
export const USAGE_ERROR = 64;

/** The program itself failed. */
export const INTERNAL_ERROR = 70;
