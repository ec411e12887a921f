/** As it is typed on a command line. */
export function quotePath(path: string): string {
  return /^[\p{L}\p{N}._/-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
