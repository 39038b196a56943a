/**
 * Reads values out of parsed JSON and collects every fault with its path, so that an operator mends a file in
 * one go. What is faulty reads as something harmless; it is never used.
 *
 * @module
 */
import { isMailAddress, normalAddress } from "../domain/mail_address.ts";
import type { SettingsFault } from "./fault.ts";

/** One value at its place. */
export class JsonReader {
  readonly #value: unknown;
  readonly #path: string;
  readonly #faults: SettingsFault[];

  /** Reads `value`, which stands at `path`; faults are added to `faults`. */
  constructor(value: unknown, path: string, faults: SettingsFault[]) {
    this.#value = value;
    this.#path = path;
    this.#faults = faults;
  }

  /** Whether nothing stands here. */
  get absent(): boolean {
    return this.#value === undefined;
  }

  /** Notes a fault of this value. */
  fault(problem: string): void {
    this.#faults.push({ path: this.#path === "" ? "(file)" : this.#path, problem });
  }

  /** The members of an object; a name that is not known is a fault. */
  object<Name extends string>(...known: readonly Name[]): Readonly<Record<Name, JsonReader>> {
    const value = this.#value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (this.absent) this.fault("is missing");
    else if (!isObject) this.fault("must be an object");
    const members: Record<string, unknown> = isObject ? { ...value } : {};
    for (const name of Object.keys(members)) {
      if (!(known as readonly string[]).includes(name)) {
        new JsonReader(members[name], this.#member(name), this.#faults).fault("is not a known setting");
      }
    }
    // Faults inside an object that is not there at all would only repeat that it is missing.
    const faults = isObject ? this.#faults : [];
    const readers = known.map((name) => {
      const inside = Object.hasOwn(members, name) ? members[name] : undefined;
      return [name, new JsonReader(inside, this.#member(name), faults)];
    });
    return Object.fromEntries(readers);
  }

  /** A list, each item read in its turn; absent is empty unless at least one is needed. */
  list<T>(read: (item: JsonReader) => T, least = 0): T[] {
    const value = this.#value;
    if (this.absent && least === 0) return [];
    if (!Array.isArray(value)) {
      this.fault(this.absent ? "is missing" : "must be a list");
      return [];
    }
    if (value.length < least) this.fault(`must have at least ${least} item${least === 1 ? "" : "s"}`);
    return value.map((item, index) => read(new JsonReader(item, `${this.#path}[${index}]`, this.#faults)));
  }

  /** A text that is not empty. */
  text(): string {
    if (typeof this.#value === "string" && this.#value.trim() !== "") return this.#value.trim();
    this.fault(this.absent ? "is missing" : "must be a text that is not empty");
    return "";
  }

  /** A text, or `fallback` when absent. */
  textOr<F extends string | null>(fallback: F): string | F {
    return this.absent || (this.#value === null && fallback === null) ? fallback : this.text();
  }

  /** A mail address, in the form in which it is used. */
  address(): string {
    const text = this.text();
    if (text !== "" && !isMailAddress(text)) this.fault("must be a mail address");
    return normalAddress(text);
  }

  /** A mail address, or null when absent. */
  addressOrNull(): string | null {
    return this.absent || this.#value === null ? null : this.address();
  }

  /** True or false. */
  flag(fallback: boolean): boolean {
    if (this.absent) return fallback;
    if (typeof this.#value === "boolean") return this.#value;
    this.fault("must be true or false");
    return fallback;
  }

  /** A whole number between two bounds, both included. */
  count(fallback: number, [least, most]: readonly [number, number]): number {
    if (this.absent) return fallback;
    const value = this.#value;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    this.fault(`must be a whole number from ${least} to ${most}`);
    return fallback;
  }

  /** One of a few words. */
  choice<Word extends string>(...words: readonly [Word, ...Word[]]): Word {
    const found = words.find((word) => word === this.#value);
    if (found !== undefined) return found;
    this.fault(this.absent ? "is missing" : `must be one of ${words.map((word) => `"${word}"`).join(", ")}`);
    return words[0];
  }

  #member(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}
