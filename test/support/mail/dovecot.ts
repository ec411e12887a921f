import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { freePorts } from "../kafka/free-ports.ts";
import { tempFolder } from "../temp-folder.ts";

const DOVECOT = "/usr/sbin/dovecot";
const MISSING =
  "The tests against a real mailbox cannot run: there is no Dovecot. Get it: apt-get install dovecot-imapd";

export const PASSWORD = "hirake-goma";
export const USER = "desk@example.jp";

/** Whether the tests of mailboxes can run. @throws Error on CI, where a skipped test would look like a passed one */
export function hasDovecot(): boolean {
  if (existsSync(DOVECOT)) return true;
  if (process.env.CI) throw new Error(MISSING);
  process.stderr.write(`\n!!! SKIPPED !!! ${MISSING}\n\n`);
  return false;
}

export type Dovecot = {
  readonly port: number;
  /** Puts a mail into the inbox, as delivery does. @param name orders mails that lie there before the first look */
  deliver(name: string, mail: string | Buffer): void;
  /** Forgets numbers and UIDVALIDITY, as a mailbox does that was made anew from its mails. */
  remake(): Promise<void>;
  kill(): Promise<void>;
};

/** A real IMAP server on a free loopback port, as the current user, with a mailbox of its own. It goes with the test. */
export async function startDovecot(
  options: { readonly tls?: { cert: string; key: string } } = {},
): Promise<Dovecot> {
  const folder = tempFolder();
  const mail = join(folder, "mail");
  const owner = mailOwner();
  for (const part of ["new", "cur", "tmp"]) mkdirSync(join(mail, part), { recursive: true });
  mkdirSync(join(folder, "base"));
  chmodSync(folder, 0o755);
  const own = () => execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, mail]);
  own();
  const [port = 0] = await freePorts(1);
  const config = join(folder, "dovecot.conf");
  writeFileSync(config, configOf({ folder, mail, port, owner, ...options }));
  let child = await start(config, port);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  onTestFinished(stop);
  return {
    port,
    deliver(name, text) {
      const lines = Buffer.isBuffer(text) ? text : Buffer.from(text.replace(/\r?\n/g, "\r\n"));
      writeFileSync(join(mail, "new", name), lines);
      own();
    },
    async remake() {
      await stop();
      execFileSync("find", [mail, "-name", "dovecot*", "-delete"]);
      // The number is made of the second.
      await sleep(1100);
      child = await start(config, port);
    },
    kill: stop,
  };
}

/** Dovecot serves no mail of root's. */
function mailOwner(): { readonly name: string; readonly uid: number; readonly gid: number } {
  const { username, uid, gid } = userInfo();
  return uid === 0 ? { name: "nobody", uid: 65_534, gid: 65_534 } : { name: username, uid, gid };
}

function configOf(options: {
  readonly folder: string;
  readonly mail: string;
  readonly port: number;
  readonly owner: ReturnType<typeof mailOwner>;
  readonly tls?: { readonly cert: string; readonly key: string };
}): string {
  const { folder, mail, port, owner, tls } = options;
  const ssl =
    tls === undefined ? "ssl = no" : `ssl = yes\nssl_cert = <${tls.cert}\nssl_key = <${tls.key}`;
  const [plain, secure] = tls === undefined ? [port, 0] : [0, port];
  return `
base_dir = ${folder}/base
state_dir = ${folder}/base
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = ${owner.name}
default_internal_group = ${groupOf(owner.gid)}
default_login_user = ${owner.name}
first_valid_uid = 1
mail_location = maildir:${mail}
${ssl}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${mail}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plain}
  }
  inet_listener imaps {
    port = ${secure}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;
}

function groupOf(gid: number): string {
  return execFileSync("getent", ["group", String(gid)], { encoding: "utf8" }).split(":")[0] ?? "";
}

async function start(config: string, port: number): Promise<ChildProcess> {
  const child = spawn(DOVECOT, ["-F", "-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (text: Buffer) => {
    said += text.toString();
  });
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`dovecot ended: ${said}`);
    if (await greets(port)) return child;
    await sleep(100);
  }
  throw new Error(`dovecot does not answer: ${said}`);
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
