-- Question: which products (else places) and topics, and lots, have several customers with something negative, and how was it before?
-- Grain:    one row per (subject_kind, subject, lot, topic) with two customers or more in [from, until); lot '' is all lots
-- Params:   $reference_from, $reference_until, $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
-- Units:    customer_count now, before_count customers a week in the reference, summed; share: what of a cell's customers
--           the period lets expect, by the subject's other voices or by all voices, whichever is more (a place that
--           has just begun to ask has no news in every topic); sizes: cells by severity and rarest, the common logarithm of the
--           probability that all are of the period, rounded down, in the first row only (none in weeks of silence, where
--           the share is 0); voice_ids newest first
with
    spans as (
        select
            voice_id,
            received_on,
            received_on >= $from::date as is_new,
            received_at,
            coalesce(product, place) as subject,
            case
                when product is null then 'place'
                else 'product'
            end as subject_kind,
            case
                when product is null then ''
                else coalesce(lot, '')
            end as lot,
            case
                when customer_key is null then hash(voice_id)
                else hash(customer_key)
            end as customer
        from
            voices
        where
            (
                received_on >= $reference_from::date
                and received_on < $reference_until::date
            )
            or (
                received_on >= $from::date
                and received_on < $until::date
            )
    ),
    totals as (
        select
            count_if(is_new)::integer as new_total,
            count_if(not is_new)::integer as old_total
        from
            spans
    ),
    felt as (
        select
            segment_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $reference_from::date
            and received_on < $until::date
    ),
    tagged as (
        select distinct
            segment_topics.voice_id,
            segment_topics.topic
        from
            segment_topics
            semi join felt on felt.segment_id = segment_topics.segment_id
        where
            segment_topics.taxonomy = $taxonomy
    ),
    placed as (
        select
            spans.*,
            tagged.topic,
            unnest(list_distinct(['', spans.lot])) as cell_lot
        from
            tagged
            join spans on spans.voice_id = tagged.voice_id
        where
            spans.subject is not null
    ),
    counted as (
        select
            subject_kind,
            subject,
            cell_lot as lot,
            topic,
            count(distinct customer) filter(is_new)::integer as customer_count,
            count(
                distinct hash(customer, date_trunc('week', received_on))
            ) filter(not is_new)::integer as before_count
        from
            placed
        group by
            subject_kind,
            subject,
            cell_lot,
            topic
    ),
    listed as (
        select
            subject_kind,
            subject,
            cell_lot as lot,
            topic,
            list(
                voice_id::varchar
                order by
                    received_at desc,
                    voice_id
            ) as voice_ids
        from
            placed
        where
            is_new
        group by
            subject_kind,
            subject,
            cell_lot,
            topic
    ),
    subjects as (
        select
            subject_kind,
            subject,
            count_if(is_new) as new_voices,
            count_if(not is_new) as old_voices
        from
            spans
        where
            subject is not null
        group by
            subject_kind,
            subject
    ),
    others as (
        select
            counted.*,
            topics.severity,
            totals.new_total / (totals.new_total + totals.old_total) as whole_share,
            greatest(0, subjects.new_voices - counted.customer_count) as other_new,
            greatest(0, subjects.old_voices - counted.before_count) as other_old
        from
            counted
            join subjects on subjects.subject_kind = counted.subject_kind
            and subjects.subject = counted.subject
            join topics on topics.topic = counted.topic
            and topics.taxonomy = $taxonomy
            cross join totals
    ),
    shared as (
        select
            *,
            greatest(
                whole_share,
                (other_new + 20 * whole_share) / (other_new + other_old + 20)
            ) as share
        from
            others
    ),
    sized as (
        select
            severity,
            floor(
                10 * (customer_count + before_count) * log10(share)
            ) / 10 as rarest,
            count(*)::integer as cells
        from
            shared
        where
            share > 0
        group by
            severity,
            rarest
    ),
    sizes as (
        select
            list(
                struct_pack(
                    severity := severity,
                    rarest := rarest,
                    cells := cells
                )
                order by
                    severity,
                    rarest
            ) as sizes
        from
            sized
    )
select
    shared.subject_kind,
    shared.subject,
    shared.lot,
    shared.topic,
    shared.severity,
    shared.customer_count,
    shared.before_count,
    shared.share,
    len(listed.voice_ids)::integer as voice_count,
    listed.voice_ids,
    case
        when row_number() over (
            order by
                shared.subject_kind,
                shared.subject,
                shared.lot,
                shared.topic
        ) = 1 then sizes.sizes
    end as sizes
from
    shared
    join listed on listed.subject_kind = shared.subject_kind
    and listed.subject = shared.subject
    and listed.lot = shared.lot
    and listed.topic = shared.topic
    cross join sizes
where
    shared.customer_count >= 2
order by
    shared.subject_kind,
    shared.subject,
    shared.lot,
    shared.topic
