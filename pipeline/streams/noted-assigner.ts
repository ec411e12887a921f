import kafkajs, { type PartitionAssigner } from "kafkajs";

const { MemberMetadata } = kafkajs.AssignerProtocol;

/** Deals partitions as kafkajs does by itself, and lets whoever describes the group read a note of each member. */
export function notedAssigner(note: string): PartitionAssigner {
  return (config) => {
    const assigner = kafkajs.PartitionAssigners.roundRobin(config);
    const { name, version } = assigner;
    return {
      ...assigner,
      protocol: ({ topics }) => ({
        name,
        metadata: MemberMetadata.encode({ version, topics, userData: Buffer.from(note) }),
      }),
    };
  };
}

/** @returns undefined of a member that is just joining, or that is no worker: another client's bytes may be any */
export function noteOf(metadata: Buffer): string | undefined {
  try {
    return MemberMetadata.decode(metadata)?.userData.toString("utf8");
  } catch {
    return undefined;
  }
}
