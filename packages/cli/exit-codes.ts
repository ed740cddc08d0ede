/** Exit codes that all commands share. 64 and 70 are those of sysexits.h, because commands use small numbers for their own results. */

/** The command did what it was asked to do. A plan: nothing to change. */
export const SUCCESS = 0;

/** The command failed, or the file has findings. */
export const FAILURE = 1;

/** A plan has changes; after an apply, changes remain. */
export const CHANGES = 2;

/** A review found what `--fail-on` names. */
export const BLOCKED = 3;

/** The command line is invalid, for example because of an unknown option. */
export const USAGE_ERROR = 64;

/** An internal error, that is, an unexpected exception. */
export const INTERNAL_ERROR = 70;
