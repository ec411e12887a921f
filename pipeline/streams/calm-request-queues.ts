import RequestQueue from "kafkajs/src/network/requestQueue/index.js";

const { scheduleCheckPendingRequests } = RequestQueue.prototype;

/**
 * kafkajs 2.2.4 looks every millisecond, for ever, whether a connection has requests that wait, also where none does:
 * three hundredths of a core for a process that has nothing to do (tulios/kafkajs#1704). Whoever puts a request there
 * sets the timer too, so an empty queue needs none.
 */
export function calmRequestQueues(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function schedule() {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
}
