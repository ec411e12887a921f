import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

/** How the server treats the next message. */
export type Behaviour =
  | "accept"
  | "refuse the recipient"
  | "put off the recipient"
  | "refuse the message"
  | "put off the message"
  | "cut the line before its answer"
  | "hang before its answer"
  | "cut the line at the greeting"
  | "hang at the greeting";

export type MailServer = {
  readonly port: number;
  /** Messages that came in whole, be they accepted or not. */
  readonly received: readonly string[];
  /** One for each connection; then "accept". */
  readonly behaviours: Behaviour[];
};

const REPLIES: Partial<Record<Behaviour, number>> = {
  "refuse the recipient": 550,
  "put off the recipient": 451,
  "refuse the message": 554,
  "put off the message": 452,
};

/** A real SMTP server that can fail in the usual ways. */
export async function startMailServer(
  behaviours: Behaviour[] = [],
  options: SMTPServerOptions = {},
): Promise<MailServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = "accept";
  const failure = (at: string) => {
    const responseCode = REPLIES[behaviour];
    if (responseCode === undefined || !behaviour.endsWith(at)) return null;
    return Object.assign(new Error(behaviour), { responseCode });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.secure || options.key ? [] : ["STARTTLS"],
    logger: false,
    ...options,
    onConnect(_session, done) {
      behaviour = behaviours.shift() ?? "accept";
      if (behaviour === "cut the line at the greeting") cut(sockets);
      else if (behaviour !== "hang at the greeting") done();
    },
    onRcptTo: (_address, _session, done) => done(failure("recipient")),
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push(Buffer.concat(chunks).toString("utf8"));
        if (behaviour === "cut the line before its answer") return cut(sockets);
        if (behaviour === "hang before its answer") return;
        done(failure("message"));
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(portOf(server.server.address())));
  });
  onTestFinished(async () => {
    cut(sockets);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { port, received, behaviours };
}

function cut(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy();
}

/** Takes connections and never says a word. */
export async function startSilentServer(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(async () => {
    cut(sockets);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return portOf(server.address());
}

/** A port of this machine where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const port = portOf(server.address());
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** The server's key and certificate out of one PEM file. */
export function tlsOf(keyStore: string): { key: string; cert: string } {
  const pem = readFileSync(keyStore, "utf8");
  return { key: pem, cert: pem };
}
