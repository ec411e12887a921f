-- Schema 15: what is wrong in this house where a delivery failed for it.
alter table deliveries
add column message varchar;
comment on column deliveries.message is 'For staff: the setting or file of this house that is wrong, where that is why it failed';
