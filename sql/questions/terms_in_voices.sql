-- Question: how many voices of a span hold each of these terms?
-- Grain:    one row per term, in their order; zero where none does
-- Params:   $terms  JSON list of terms; $from, $until  JST calendar dates
-- Units:    voices, not occurrences; span_total: all voices of the span
with
    asked as (
        select
            key::integer as position,
            value ->> '$' as term
        from
            json_each ($terms::json)
    ),
    held as (
        select
            terms.term,
            count(distinct segments.voice_id) as voice_count
        from
            segments
            join segment_terms on segment_terms.segment_id = segments.segment_id
            join terms on terms.term_id = segment_terms.term_id
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
            and terms.term in (
                select
                    asked.term
                from
                    asked
            )
        group by
            terms.term
    )
select
    asked.term,
    coalesce(held.voice_count, 0)::integer as voice_count,
    (
        select
            count(*)
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
    )::integer as span_total
from
    asked
    left join held on held.term = asked.term
order by
    asked.position
