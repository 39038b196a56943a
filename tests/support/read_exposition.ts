/**
 * Reads the text exposition format (0.0.4) strictly, line by line, as a collector would.
 *
 * @module
 */

/** Values by series as written (`name{label="value"}`), and the type of each family. */
export type ReadExposition = {
  readonly values: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, string>;
};

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
const SAMPLE = new RegExp(`^(${NAME})((?:\\{${LABEL}(?:,${LABEL})*\\})?) (\\S+)$`);

function numberOf(text: string): number {
  if (text === "+Inf") return Infinity;
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text)) throw new SyntaxError(`Cannot read a value: "${text}"`);
  return Number(text);
}

/** Reads a text. Throws `SyntaxError` at anything that is not of the format. */
export function readExposition(text: string): ReadExposition {
  if (!text.endsWith("\n")) throw new SyntaxError("Cannot read figures: the last line has no end");
  const values = new Map<string, number>();
  const types = new Map<string, string>();
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const [, what, name = "", rest = ""] = COMMENT.exec(line) ?? [];
    if (what !== undefined) {
      if (what === "TYPE" && types.has(name)) {
        throw new SyntaxError(`Cannot read figures: ${name} comes twice`);
      }
      if (what === "TYPE") types.set(current = name, rest);
      continue;
    }
    const [, sample = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
    const family = types.get(current) === "histogram" ? sample.replace(/_(bucket|sum|count)$/, "") : sample;
    if (sample === "" || family !== current) throw new SyntaxError(`Cannot read a line: ${line}`);
    if (values.has(sample + labels)) {
      throw new SyntaxError(`Cannot read figures: ${sample + labels} comes twice`);
    }
    values.set(sample + labels, numberOf(value));
  }
  return { values, types };
}
