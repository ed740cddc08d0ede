/** The host framework CDKTF. */
export * from "cdktf";
