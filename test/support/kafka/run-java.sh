#!/bin/sh
# Usage: run-java.sh LOG ARGUMENT…
# Runs java, says its process id, and kills it when standard input ends: whoever started it has died, by
# whatever signal, and its end of the pipe was closed by the kernel.
log=$1
shift
# A background process gets /dev/null as its input, so the pipe needs a name of its own.
exec 3<&0
java "$@" </dev/null >>"$log" 2>&1 3<&- &
java=$!
(
  cat <&3 >/dev/null
  kill -9 "$java" 2>/dev/null
) >/dev/null 2>&1 &
watch=$!
echo "$java"
wait "$java" 2>/dev/null
code=$?
kill "$watch" 2>/dev/null
exit "$code"
