import { z } from "zod";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";

/** The first Monday of the replicated voices, and how many weeks they fill. */
export const FIRST_MONDAY = "2024-01-01";
export const WEEKS = 105;

/**
 * Each week takes its voices from the home's own ones, at a stride that shares no factor with their number, so that
 * every week has another mix; they come in the order of time, as a loader would bring them. One voice in two has a
 * customer, one of a fifth as many as there are voices.
 */
const STATEMENTS = [
  `create or replace temp table week_voices as
   with numbered as (
     select
       range as n,
       $week * $per_week + range as number,
       ((($week * $per_week + range) * 7919) % $base_voices)::bigint as base_row
     from range($per_week)
   )
   select
     numbered.number,
     md5('voice ' || numbered.number)::uuid as new_id,
     ($first_monday::date + ($week * 7 + numbered.n * 7 // $per_week)::integer)::date as new_day,
     case when numbered.number % 2 = 0 then left(md5('customer ' || hash(numbered.number) % ($voices // 5)), 16) end as new_customer,
     base_voices.*
   from numbered join base_voices using (base_row)`,
  `create or replace temp table week_segments as
   select
     w.number, w.new_id, w.new_day, s.*,
     $first_segment + row_number() over (order by w.number, s.position) as new_segment
   from week_voices as w join base.segments as s on s.voice_id = w.voice_id`,
  `insert into voices by name
   select * exclude (base_row, number, new_id, new_day, new_customer) replace (
     new_id as voice_id, new_day as received_on, new_customer as customer_key, number as origin_offset, number + 1 as origin_row,
     ((new_day + (received_at at time zone 'Asia/Tokyo')::time) at time zone 'Asia/Tokyo') as received_at
   )
   from week_voices order by number`,
  `insert into segments by name
   select s.* exclude (number, new_id, new_day, new_segment)
     replace (new_segment as segment_id, new_id as voice_id, new_day as received_on)
   from week_segments as s order by new_segment`,
  `insert into segment_topics by name
   select g.* replace (s.new_segment as segment_id, s.new_id as voice_id)
   from week_segments as s join base.segment_topics as g on g.segment_id = s.segment_id order by s.new_segment, g.topic`,
  `insert into segment_terms by name
   select g.* replace (s.new_segment as segment_id)
   from week_segments as s join base.segment_terms as g on g.segment_id = s.segment_id order by s.new_segment, g.span_start`,
];
const VECTORS = `insert into vectors by name
   select g.* replace (s.new_segment as segment_id)
   from week_segments as s join base.vectors as g on g.segment_id = s.segment_id order by s.new_segment`;

/** Small tables, as they are. The 気づき and the frozen reports are about voices that the copies are not. */
const AS_THEY_ARE = ["terms", "topics", "origins", "dead_letters"];

const Replication = z.strictObject({
  /** The warehouse of a home, such as the demo's. */
  base: z.string(),
  /** A file that is not there yet. */
  path: z.string(),
  voices: z.number().int(),
  vectors: z.boolean(),
});
export type Replication = z.infer<typeof Replication>;

/** Fills a new warehouse with copies of a home's voices. @returns how many rows of a kind there are */
export async function replicateVoices({ base, path, voices, vectors }: Replication) {
  const warehouse = await openWarehouse(path);
  const { connection } = warehouse;
  try {
    await connection.run(`attach '${base.replaceAll("'", "''")}' as base (read_only)`);
    await connection.run(`create temp table base_voices as
      select row_number() over (order by received_at, voice_id) - 1 as base_row, * from base.voices`);
    const counted = await connection.runAndReadAll("select count(*)::integer from base_voices");
    const params = {
      voices,
      base_voices: Number(counted.getRowsJS()[0]?.[0]),
      per_week: Math.floor(voices / WEEKS),
      first_monday: FIRST_MONDAY,
    };
    for (const table of AS_THEY_ARE) {
      await connection.run(`insert into ${table} by name from base.${table}`);
    }
    let segments = 0;
    for (let week = 0; week < WEEKS; week += 1) {
      for (const statement of vectors ? [...STATEMENTS, VECTORS] : STATEMENTS) {
        const named = Object.entries({ ...params, week, first_segment: segments });
        await connection.run(
          statement,
          Object.fromEntries(named.filter(([name]) => statement.includes(`$${name}`))),
        );
      }
      const made = await connection.runAndReadAll("select count(*)::integer from week_segments");
      segments += Number(made.getRowsJS()[0]?.[0]);
    }
    await warehouse.checkpoint();
    return { voices: params.per_week * WEEKS, segments };
  } finally {
    warehouse.close();
  }
}

const [replication] = process.argv.slice(2);
if (replication !== undefined && import.meta.filename === process.argv[1]) {
  const { voices, segments } = await replicateVoices(Replication.parse(JSON.parse(replication)));
  console.log(`${voices} 件の声（文 ${segments}）`);
}
