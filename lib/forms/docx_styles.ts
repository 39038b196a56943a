/**
 * Styles of a Word file that hide text (ECMA-376 part 1, §17.7, §17.3.2.41).
 *
 * @module
 */
import { xmlEvents } from "./xml_events.ts";

/** Whether a toggle property is on (§17.17.4): its mere presence says so. */
export const isOn = (value: string | undefined): boolean => !/^(?:0|false|off)$/i.test(value ?? "");

/** The ids of the styles in `word/styles.xml` whose text is hidden, with those based on them. */
export function hiddenStyles(xml: string): ReadonlySet<string> {
  const hidden = new Set<string>();
  let id = "";
  let inMark = false;
  for (const event of xmlEvents(xml)) {
    if (event.is === "text") continue;
    if (event.name === "rPrDefault") inMark = event.is === "start";
    if (event.is === "end") continue;
    const value = event.attributes.get("val");
    if (event.name === "style") id = event.attributes.get("styleId") ?? "";
    else if (event.name === "basedOn" && hidden.has(value ?? "")) hidden.add(id);
    else if (event.name === "vanish" && !inMark && isOn(value)) hidden.add(id);
  }
  return hidden;
}
