/** The host framework CDKTF. */
import "./cdktf-installed";

export const HOST = "cdktf";
export * from "cdktf";
