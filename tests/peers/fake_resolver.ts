/**
 * Loaded before the service (`--preload`): its questions to DNS are answered from the file that `PEER_ZONE` names,
 * JSON of records by `TYPE name`. The file is read at each question, so a test may change it. All else of the
 * service is as operators run it.
 *
 * @module
 */

async function answer(name: string, type: string): Promise<unknown[]> {
  const zone = JSON.parse(await Deno.readTextFile(Deno.env.get("PEER_ZONE")!)) as Record<string, string[]>;
  const records = zone[`${type} ${name.replace(/\.$/, "").toLowerCase()}`];
  if (!records) throw new Deno.errors.NotFound("no such name");
  if (type === "TXT") return records.map((text) => [text]);
  if (type !== "MX") return records;
  return records.map((text) => {
    const [preference, exchange] = text.split(" ");
    return { preference: Number(preference), exchange };
  });
}

Object.defineProperty(Deno, "resolveDns", { value: answer });
