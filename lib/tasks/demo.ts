/**
 * `deno task demo`: plays the main job once on a service of its own and writes what came of it to `demo/`: the
 * executed PDF, the 合意締結証明書, the verification report, and the development root that they are judged by.
 *
 * @module
 */
import { instantOf } from "../domain/instant.ts";
import { memorySource } from "../pdf/byte_source.ts";
import { verifyPdf } from "../pades/verify.ts";
import { toPem } from "../pades/x509_pem.ts";
import { reportWords } from "../pades/report_words.ts";
import { readRoots } from "../adapters/read_roots.ts";
import { demoClockOffset, demoScript } from "./demo_script.ts";
import { playMainJob } from "./main_job.ts";
import { ServiceProcess } from "./server_process.ts";

const OUT = new URL("../../demo/", import.meta.url);

async function play(dataDir: string): Promise<void> {
  const offset = demoClockOffset();
  const environment = { MAIL_OUT_URL: "mailbox:", SIGNER_URL: "dev:", TSA_URL: "dev:" };
  const service = new ServiceProcess({
    dataDir,
    environment: { ...environment, DEV_CLOCK_OFFSET: String(offset) },
  });
  await service.start();
  try {
    const job = await playMainJob(
      service.address,
      await demoScript(),
      (step, detail) => console.log(`${step.padEnd(3, "　")} … ${detail}`),
    );
    const trustRoots = await readRoots(`${dataDir}/pki`);
    const at = instantOf(Date.now() + offset * 1000);
    for (const [index, root] of trustRoots.entries()) {
      await Deno.mkdir(new URL("roots/", OUT), { recursive: true });
      await Deno.writeTextFile(new URL(`roots/${index + 1}.pem`, OUT), toPem("CERTIFICATE", root));
    }
    for (const { name, content } of job.files) {
      const report = await verifyPdf(memorySource(content), { trustRoots, at });
      const words = reportWords(report, name);
      await Deno.writeFile(new URL(encodeURIComponent(name), OUT), content);
      await Deno.writeTextFile(
        new URL(encodeURIComponent(name.replace(/\.pdf$/, "") + "_検証.txt"), OUT),
        words,
      );
      console.log(`\n${words}`);
      if (report.verdict !== "valid") throw new Error(`Cannot end well: a file is "${report.verdict}"`);
    }
    console.log(`demo/ に書き出しました（案件番号 ${job.caseNumber}）。`);
  } finally {
    await service.end("SIGTERM");
  }
}

if (import.meta.main) {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-demo-" });
  try {
    await play(dataDir);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}
