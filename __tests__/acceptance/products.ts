/** The products that every scenario of the table is played for. */
import { CLOUD } from "./bitbucket-cloud";
import { DATACENTER } from "./bitbucket-datacenter";
import type { Product } from "./product";

export const PRODUCTS: readonly Product[] = [CLOUD, DATACENTER];
