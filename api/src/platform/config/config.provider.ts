import type { Config as ConfigValues } from './config.js';

/** Injection token and type of the parsed configuration: `constructor(config: Config)`. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- a class is Nest's token, the interface its shape
export abstract class Config {}
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type
export interface Config extends ConfigValues {}
