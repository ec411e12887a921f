import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { KizukiError } from "../../errors.ts";
import type { Reporter } from "../../reporter.ts";
import { SocketReply, type SocketRequest, socketPath } from "./socket-messages.ts";

/** What went wrong inside `serve`, told to the command that asked. */
class ServerError extends KizukiError {
  readonly code = "KIZUKI_SERVER";
  override readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Hands a command to the `serve` of this home. @returns undefined where none is running */
export async function askServer(
  home: string,
  request: SocketRequest,
  reporter: Reporter,
): Promise<{ readonly result: unknown } | undefined> {
  const socket = await connectTo(socketPath(home));
  if (socket === undefined) return undefined;
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    for await (const line of createInterface({ input: socket })) {
      const reply = SocketReply.parse(JSON.parse(line));
      if (reply.type === "result") return { result: reply.result };
      if (reply.type === "error") throw new ServerError(reply.message, reply.exitCode);
      relay(reply, reporter);
    }
  } finally {
    socket.destroy();
  }
  throw new ServerError(
    "kizuki serve が途中で終わりました。取り込んだ分は残っています。もう一度実行してください。",
    1,
  );
}

function relay(
  reply: Exclude<SocketReply, { type: "result" | "error" }>,
  reporter: Reporter,
): void {
  if (reply.type === "line") reporter.line(reply.text);
  else if (reply.type === "begin") reporter.begin(reply.label, reply.total, reply.unit);
  else if (reply.type === "advance") reporter.advance(reply.count);
  else if (reply.type === "stage") reporter.stage(reply.name);
  else reporter.end();
}

function connectTo(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket));
    // No file, or a file that a killed process left: nobody listens there.
    socket.once("error", () => resolve(undefined));
  });
}
