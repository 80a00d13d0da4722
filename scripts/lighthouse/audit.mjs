// Signs in as people of the demonstration, lets Lighthouse look at their pages, and writes down what it says.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [base, tools, report] = process.argv.slice(2);
const LEAST = 98;
const PAGES = [
  ["", "/sign-in"],
  ["ecole", "/"],
  ["hopital", "/"],
  ["unite", "/"],
  ["hopital", "/requests"],
  ["hopital", "first request"],
  ["ecole", "/requests/new"],
  ["hopital", "/occupancy"],
  ["hopital", "/reports"],
  ["hopital.admin", "/places"],
  ["hopital.admin", "first site"],
  ["hopital.admin", "first unit"],
  ["ecole", "/places/find"],
];
// Pages whose address is that of the first line of a list.
const FIRST = {
  "first request": ["/requests", /href="(\/requests\/[0-9a-f-]{36})["?]/],
  "first site": ["/places", /href="(\/places\/sites\/[0-9a-f-]{36})"/],
  "first unit": ["/places?kind=destinations", /href="(\/places\/destinations\/[0-9a-f-]{36})"/],
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const cookiesOf = (response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");

// The session's cookie of an account of the demonstration.
async function signIn(login) {
  if (!login) return "";
  const form = await fetch(`${base}/sign-in`);
  const token = (await form.text()).match(/name="form_token" value="([^"]+)"/)[1];
  const body = new URLSearchParams({ form_token: token, login, password: "Demonstration-2026!", next: "/" });
  const entered = await fetch(`${base}/sign-in`, { method: "POST", body, headers: { cookie: cookiesOf(form) }, redirect: "manual" });
  if (entered.status !== 303) throw new Error(`${login} can't sign in: ${entered.status}`);
  return cookiesOf(entered);
}

async function addressOf(path, cookie) {
  if (!FIRST[path]) return path;
  const [list, link] = FIRST[path];
  return (await (await fetch(`${base}${list}`, { headers: { cookie } })).text()).match(link)[1];
}

function audit(address, cookie) {
  const file = join(tools, "report.json");
  const flags = [`${base}${address}`, "--quiet", "--output=json", `--output-path=${file}`, "--preset=desktop",
    `--only-categories=${CATEGORIES}`, `--extra-headers=${JSON.stringify(cookie ? { cookie } : {})}`,
    // Pages behind a sign-in ask search engines to stay away, on purpose.
    "--skip-audits=is-crawlable",
    "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run"];
  execFileSync(join(tools, "node_modules/.bin/lighthouse"), flags, { stdio: "inherit" });
  return JSON.parse(readFileSync(file, "utf8"));
}

const rows = [];
let good = true;
for (const [login, path] of PAGES) {
  const cookie = await signIn(login);
  const result = audit(await addressOf(path, cookie), cookie);
  const scores = CATEGORIES.map((category) => Math.round(result.categories[category].score * 100));
  const bytes = result.audits["total-byte-weight"].numericValue;
  const failed = Object.values(result.audits).filter((a) => a.score !== null && a.score < 0.9 && CATEGORIES.some((category) =>
    result.categories[category].auditRefs.some((ref) => ref.id === a.id && ref.weight > 0)));
  failed.forEach((a) => console.log(`${path}: ${a.id}: ${a.displayValue ?? a.title}`));
  console.log(path, scores.join(" "), `${Math.round(bytes / 1024)} KiB`);
  rows.push(`| ${login || "nobody"} | ${path} | ${scores.join(" | ")} | ${Math.round(bytes / 1024)} KiB |`);
  good &&= scores.every((score) => score >= LEAST);
}
writeFileSync(report, `# What Lighthouse says of the pages

Written by \`make audit\`, on the demonstration, as on a screen of a desktop. ${LEAST} is the least in each category.

| Who | Page | Performance | Accessibility | Best practices | SEO | Over the wire |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`);
process.exit(good ? 0 : 1);
