/**
 * What is wrong with a setting.
 *
 * @module
 */

/** One fault: where it is (`departments[0].officers[1].email`, `PUBLIC_URL`) and what to do about it. */
export type SettingsFault = { readonly path: string; readonly problem: string };

/** All faults of a file or an environment at once. */
export type SettingsFaults = { readonly faults: readonly SettingsFault[] };
