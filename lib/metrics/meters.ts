/**
 * Counters and histograms of one process. Each keeps a bounded number of label values, so that nobody outside can
 * make it grow: what comes later is counted as `other`.
 *
 * @module
 */
import type { Family, Sample } from "./exposition.ts";

/** Combinations of label values that a meter keeps: some 60 routes by their status. */
const MAX_SERIES = 500;

/** How a meter is called and told apart. */
export type MeterName<Label extends string> = Pick<Family, "name" | "help"> & {
  readonly labels: readonly Label[];
};

/** Values by labels; the labels are written out only when someone asks. */
class Series<T> {
  readonly #byKey = new Map<string, { readonly values: readonly string[]; readonly kept: T }>();
  readonly #labels: readonly string[];
  readonly #make: () => T;

  constructor(labels: readonly string[], make: () => T) {
    this.#labels = labels;
    this.#make = make;
  }

  of(values: readonly string[]): T {
    const key = values.length === 1 ? values[0] ?? "" : values.join("\n");
    const found = this.#byKey.get(key);
    if (found) return found.kept;
    const others = this.#labels.map(() => "other");
    if (this.#byKey.size >= MAX_SERIES && key !== others.join("\n")) return this.of(others);
    const kept = this.#make();
    this.#byKey.set(key, { values, kept });
    return kept;
  }

  samples(write: (kept: T, labels: Record<string, string>) => readonly Sample[]): Sample[] {
    return [...this.#byKey.values()].flatMap(({ values, kept }) =>
      write(kept, Object.fromEntries(this.#labels.map((label, index) => [label, values[index] ?? ""])))
    );
  }
}

/** What can be asked for its figures. */
export interface Meter {
  /** The figures since the start of the process. */
  family(): Family;
}

/** Counts what happens. */
export class Counter<Label extends string> implements Meter {
  readonly #name: MeterName<Label>;
  readonly #series: Series<{ count: number }>;

  /** Starts at nothing. */
  constructor(name: MeterName<Label>) {
    this.#name = name;
    this.#series = new Series(name.labels, () => ({ count: 0 }));
  }

  /** Counts one more, with the values of its labels in their order. */
  add(...values: readonly string[]): void {
    this.#series.of(values).count++;
  }

  /** The counts. */
  family(): Family {
    const { name, help } = this.#name;
    const samples = this.#series.samples(({ count }, labels) => [{ labels, value: count }]);
    return { name, help, type: "counter", samples };
  }
}

/** Counts how long things take. */
export class Histogram<Label extends string> implements Meter {
  readonly #name: MeterName<Label>;
  readonly #bounds: readonly number[];
  readonly #series: Series<{ readonly counts: number[]; sum: number }>;

  /** Starts at nothing; `bounds` are the upper ends of the buckets in seconds, ascending. */
  constructor(name: MeterName<Label>, bounds: readonly number[]) {
    this.#name = name;
    this.#bounds = bounds;
    this.#series = new Series(
      name.labels,
      () => ({ counts: Array<number>(bounds.length + 1).fill(0), sum: 0 }),
    );
  }

  /** Takes in one duration in seconds, with the values of its labels in their order. */
  observe(seconds: number, ...values: readonly string[]): void {
    const kept = this.#series.of(values);
    let bucket = 0;
    while (bucket < this.#bounds.length && seconds > (this.#bounds[bucket] ?? Infinity)) bucket++;
    kept.counts[bucket] = (kept.counts[bucket] ?? 0) + 1;
    kept.sum += seconds;
  }

  /** The buckets, each with all below it, as the format wants them. */
  family(): Family {
    const { name, help } = this.#name;
    const samples = this.#series.samples(({ counts, sum }, labels) => {
      let below = 0;
      const buckets = counts.map((count, index) => {
        below += count;
        const bound = this.#bounds[index];
        return {
          suffix: "_bucket",
          labels: { ...labels, le: bound === undefined ? "+Inf" : String(bound) },
          value: below,
        };
      });
      return [...buckets, { suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: below }];
    });
    return { name, help, type: "histogram", samples };
  }
}
