/** The executable of every stand-in: the name of its file says which provider it serves. */
import { basename } from "node:path";
import { serve } from "../../packages/terraform-plugin";
import { bitbucket } from "./bitbucket/provider";
import { bitbucketserver } from "./bitbucketserver/provider";
import { nullProvider } from "./null/provider";
import { spacelift } from "./spacelift/provider";

const name = /^terraform-provider-([a-z]+)_v/.exec(basename(process.argv[1] ?? ""))?.[1];
const provider = [spacelift, bitbucket, bitbucketserver, nullProvider].find((candidate) => candidate.name === name);
if (provider === undefined) throw new Error(`No stand-in has the name of this file: ${process.argv[1] ?? ""}`);
void serve(provider);
