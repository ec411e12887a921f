/** A partition as Kafka itself writes it, such as "voc.raw-2"; the embedded log has its stream's name alone. */
export function placeName(stream: string, partition: number): string {
  return `${stream}-${partition}`;
}

/** Whether it is one of a stream's partitions. */
export function isPlaceOf(stream: string, place: string): boolean {
  return place.slice(0, place.lastIndexOf("-")) === stream;
}
