/** Exit codes that all commands share. The numbers are those of sysexits.h, because commands use small numbers for their own results. */

/** The command line is invalid, for example because of an unknown option. */
export const USAGE_ERROR = 64;

/** An internal error, that is, an unexpected exception. */
export const INTERNAL_ERROR = 70;
