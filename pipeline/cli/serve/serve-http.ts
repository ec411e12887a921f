import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Env, Hono } from "hono";
import { ConfigError } from "../../errors.ts";
import type { Part } from "../../operations/stop-parts.ts";

type Port = {
  /** The part of the config that says it. */
  readonly name: "http" | "intake";
  readonly host: string;
  readonly port: number;
  /** Given where what is in hand is finished at a stop, until this; else it ends at once. */
  readonly finishUntil?: AbortSignal;
};

/** From the first byte of a request to its last, so that who sends slowly holds nothing for long. */
const REQUEST_MS = 30_000;
const HEADERS_MS = 10_000;
const CHECK_MS = 1000;

/** Opens a port. @throws ConfigError where it cannot be had */
export async function openPort<E extends Env>(
  app: Hono<E>,
  { name, host, port, finishUntil }: Port,
  crashed: (cause: unknown) => void,
  requestMs = REQUEST_MS,
): Promise<Part> {
  const timeouts = {
    requestTimeout: requestMs,
    headersTimeout: Math.min(HEADERS_MS, requestMs),
    connectionsCheckingInterval: CHECK_MS,
  };
  const server = createServer(timeouts, getRequestListener(app.fetch));
  const closeIdle = watchConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `${name} … ${host}:${port} を開けません（ほかのプログラムが使っていないか確かめてください）。kizuki.yaml の ${name} を変えるか、消してください。`;
      reject(new ConfigError(message, { cause }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error").on("error", crashed);
      resolve();
    });
  });
  return {
    name,
    stop: () =>
      new Promise((resolve) => {
        const giveUp = () => server.closeAllConnections();
        server.close(() => resolve());
        if (finishUntil === undefined || finishUntil.aborted) return giveUp();
        finishUntil.addEventListener("abort", giveUp);
        closeIdle();
      }),
  };
}

/** Node's own leaves connections open on which no request has come yet. @returns ends all without a request in hand */
function watchConnections(server: Server): () => void {
  const inHand = new Map<Socket, boolean>();
  let isClosing = false;
  server.on("connection", (socket) => {
    inHand.set(socket, false);
    socket.on("close", () => inHand.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    inHand.set(socket, true);
    response.on("close", () => {
      if (isClosing) socket.destroySoon();
      else if (!socket.destroyed) inHand.set(socket, false);
    });
  });
  return () => {
    isClosing = true;
    for (const [socket, isBusy] of inHand) if (!isBusy) socket.destroy();
  };
}
