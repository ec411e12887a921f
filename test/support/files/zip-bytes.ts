import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive that a test makes. */
export type ZipMember = {
  readonly name: string | Uint8Array;
  readonly data: string | Uint8Array;
  /** General purpose bits: 0x800 says that the name is UTF-8, 0x1 that the member is encrypted. */
  readonly flags?: number;
  /** What the archive says of the size, where it lies. */
  readonly claimedBytes?: number;
};

/** Writes a ZIP archive of deflated members; all that an archive of the wild gets wrong can be said. */
export function zipBytes(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, flags = 0x800, claimedBytes } of members) {
    const nameBytes = Buffer.from(name);
    const plain = Buffer.from(data);
    const packed = deflateRawSync(plain, { level: 6 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x5ae10000, 6); // 2025-07-01 00:00
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedBytes ?? plain.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), common, nameBytes, packed);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, central, nameBytes);
    at += 4 + common.length + nameBytes.length + packed.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(directoryBytes.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directoryBytes, Buffer.from("PK\x05\x06"), end]);
}
