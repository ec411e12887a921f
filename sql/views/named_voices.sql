-- Question: what does each voice say of which product and store, called as the company calls them?
-- Grain:    one row per voice
-- Params:   none
-- Units:    as in voices; product and place as the source names them where master_data knows no such name, their codes null
create or replace view named_voices as
select
    v.* replace(
        coalesce(p.name, v.product) as product,
        coalesce(s.name, v.place) as place
    ),
    p.code as product_code,
    s.code as store_code
from
    voices as v
    left join written_names as wp on wp.kind = 'product'
    and wp.written = v.product
    and v.received_on >= coalesce(wp.valid_from, v.received_on)
    and v.received_on <= coalesce(wp.valid_until, v.received_on)
    left join master_data as p on p.kind = 'product'
    and p.code = wp.code
    left join written_names as ws on ws.kind = 'store'
    and ws.written = v.place
    left join master_data as s on s.kind = 'store'
    and s.code = ws.code
