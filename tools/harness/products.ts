/** Both Bitbucket products. */
import { CLOUD } from "./bitbucket-cloud";
import { DATACENTER } from "./bitbucket-datacenter";
import type { Product } from "./product";

export const PRODUCTS = [CLOUD, DATACENTER] as const satisfies readonly Product[];
