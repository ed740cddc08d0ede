/** Exit codes that all commands share, with the numbers of sysexits.h: commands themselves use small numbers. */

/** The command line is invalid, for example because of an unknown option. */
export const USAGE_ERROR = 64;

/** An error of the program itself. */
export const INTERNAL_ERROR = 70;
