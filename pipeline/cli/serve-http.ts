import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { ConfigError } from "../errors.ts";
import type { Part } from "../operations/stop-parts.ts";

/** Opens the port for operators. @throws ConfigError where it cannot be had */
export async function openPort(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
  crashed: (cause: unknown) => void,
): Promise<Part> {
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `http … ${host}:${port} を開けません（ほかのプログラムが使っていないか確かめてください）。kizuki.yaml の http を変えるか、消してください。`;
      reject(new ConfigError(message, { cause }));
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error").on("error", crashed);
      resolve();
    });
  });
  return {
    name: "http",
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
