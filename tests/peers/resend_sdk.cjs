// Calls Resend's own SDK, in its own place and under Node, as told on stdin; prints what it gave, one JSON text.
// Each call is [path, ...arguments], such as ["emails.send", {...}, {...}].
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const { packages, apiKey, baseUrl, calls } = JSON.parse(readFileSync(0, "utf8"));
const load = createRequire(`${packages}/calls.js`);
const { Resend } = load("resend");
const { Webhook } = createRequire(load.resolve("resend"))("standardwebhooks");

function methodOf(resend, path) {
  // What signs events at Svix is not in the SDK, but beside it.
  if (path === "sign") {
    return (secret, id, ms, payload) => new Webhook(secret).sign(id, new Date(ms), payload);
  }
  const names = path.split(".");
  const name = names.pop();
  const place = names.reduce((part, each) => part[each], resend);
  return (...args) => place[name](...args);
}

async function main() {
  const resend = new Resend(apiKey, { baseUrl });
  const results = [];
  for (const [path, ...args] of calls) {
    try {
      results.push({ gave: (await methodOf(resend, path)(...args)) ?? null });
    } catch (error) {
      results.push({ threw: error.message });
    }
  }
  console.log(JSON.stringify(results));
}

main();
