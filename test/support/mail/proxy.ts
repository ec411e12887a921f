import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/**
 * Passes on so many bytes that a server says, then no more.
 *
 * @param reached called at the last of them; `cut` closes the line, else it stays open and silent
 * @returns its port
 */
export async function startProxy(
  port: number,
  bytes: number,
  reached: (cut: () => void) => void,
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    near.pipe(far);
    let left = bytes;
    far.on("data", (chunk: Buffer) => {
      if (left <= 0) return;
      near.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) reached(() => near.destroy());
    });
    near.on("close", () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}
