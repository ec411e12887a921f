import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { KizukiError, messageOf } from "../../errors.ts";
import type { Home } from "../../home.ts";
import type { Reporter } from "../../reporter.ts";
import type { HomeCommand } from "../home-command.ts";
import { CONFIG_CHANGED } from "./serve-config.ts";
import { type SocketReply, SocketRequest, socketPath } from "./socket-messages.ts";

type AnyHomeCommand = HomeCommand<z.ZodType, z.ZodType>;

/** Answers other `kizuki` commands on this home until it is closed. Only this user can reach it. */
export async function listen(
  home: Home,
  commands: readonly AnyHomeCommand[],
): Promise<{ close(): Promise<void> }> {
  const path = socketPath(home.config.home);
  // The warehouse's lock is ours, so whoever left this file is dead.
  rmSync(path, { force: true });
  const idle = new Set<Socket>();
  let closing = false;
  const server = createServer((socket) => {
    idle.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => idle.delete(socket));
    const busy = () => idle.delete(socket);
    answer(home, commands, { socket, busy })
      .catch(() => socket.destroy())
      .finally(() => {
        if (closing) socket.destroySoon();
      });
  });
  const previous = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  process.umask(previous);
  return {
    close: () => {
      closing = true;
      // Who is connected and asks nothing would keep the server open; who has asked gets an answer.
      for (const socket of idle) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  home: Home,
  commands: readonly AnyHomeCommand[],
  { socket, busy }: { readonly socket: Socket; readonly busy: () => void },
): Promise<void> {
  const send = (reply: SocketReply): void => {
    if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`);
  };
  for await (const line of createInterface({ input: socket })) {
    busy();
    try {
      const request = SocketRequest.parse(JSON.parse(line));
      send({ type: "result", result: await run(home, commands, request, sender(send)) });
    } catch (cause) {
      const exitCode = cause instanceof KizukiError ? cause.exitCode : 1;
      send({ type: "error", message: messageOf(cause), exitCode });
    }
    socket.end();
  }
}

function run(
  home: Home,
  commands: readonly AnyHomeCommand[],
  request: SocketRequest,
  reporter: Reporter,
): Promise<unknown> {
  const command = commands.find(({ name }) => name === request.command);
  if (command === undefined) throw new Error(`unknown command ${request.command}`);
  const options = command.Options.parse(request.options);
  const { digest } = home.config;
  if ((request.configDigest ?? digest) !== digest) reporter.line(CONFIG_CHANGED);
  return command.run(home, options, reporter);
}

function sender(send: (reply: SocketReply) => void): Reporter {
  return {
    line: (text) => send({ type: "line", text }),
    begin: (label, total, unit = "件") => send({ type: "begin", label, total, unit }),
    advance: (count) => send({ type: "advance", count }),
    end: () => send({ type: "end" }),
    stage: (name) => send({ type: "stage", name }),
  };
}
