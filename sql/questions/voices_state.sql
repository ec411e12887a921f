-- Question: has anything changed that voices are counted by?
-- Grain:    one row
-- Params:   none
-- Units:    state text that another load of voices, tags, persons' words, forgotten voices or the company's names changes, and a frozen report does not
select
    (
        select
            coalesce(
                string_agg(
                    stream || ' ' || next_offset,
                    ', '
                    order by
                        stream
                ),
                ''
            )
        from
            offsets
        where
            not starts_with(stream, 'voc.actions')
    ) || '; ' || (
        select
            count(*)
        from
            forgotten_voices
    ) || '; ' || (
        select
            count(*)
        from
            person_tags
    ) || '; ' || (
        select
            coalesce(
                string_agg(
                    content_hash || ' ' || next_segment_id,
                    ', '
                    order by
                        name
                ),
                ''
            )
        from
            master_state
    ) as state
