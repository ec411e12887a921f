import { tickOf } from "../../pipeline/cli/serve/serve-jobs.ts";
import { silentLog } from "../../pipeline/log.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import { forgetClaims } from "../../pipeline/schedule/warehouse-ledger.ts";
import { openLined } from "./home-with-lines.ts";

/** Shorter than the making of any report. */
const LOOK_MS = 1;

/**
 * A process that does what `serve` does at its start and at one tick, on the home with product lines that its first
 * argument names, at the moment that its second names. It says "published" whenever an action is on the disk.
 */
const [folder = "", now = ""] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const home = await openLined({ folder, clock: { now } });
await forgetClaims(home);
let seen = home.streams.actions.nextOffset;
const watch = setInterval(() => {
  if (home.streams.actions.nextOffset > seen) say("published");
  seen = home.streams.actions.nextOffset;
}, LOOK_MS);
const tick = tickOf(home, {
  role: "serve",
  tell: () => undefined,
  tellFailure: (_event, cause) => say(String(cause)),
  log: silentLog,
  reporter: silentReporter,
  isTerminal: false,
});
await tick();
clearInterval(watch);
await home.close();
