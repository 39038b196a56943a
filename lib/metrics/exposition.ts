/**
 * Figures as text for Prometheus and all that reads the same (text exposition format 0.0.4).
 *
 * @module
 */

/** One value; `suffix` comes behind the name of its family (`_bucket`, `_sum`, `_count`). */
export type Sample = {
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** All values of one name. */
export type Family = {
  /** Of letters, digits and underscores; counters end in `_total`, and units are part of it. */
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
};

/** Media type of the text. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const oneLine = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const quoted = (text: string): string => `"${oneLine(text).replaceAll('"', '\\"')}"`;

function valueText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}

function sampleLine(name: string, { suffix = "", labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}=${quoted(text)}`);
  return `${name}${suffix}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${valueText(value)}\n`;
}

/** The families as text. */
export function exposition(families: readonly Family[]): string {
  return families.map(({ name, help, type, samples }) =>
    `# HELP ${name} ${oneLine(help)}\n# TYPE ${name} ${type}\n` +
    samples.map((sample) => sampleLine(name, sample)).join("")
  ).join("");
}
