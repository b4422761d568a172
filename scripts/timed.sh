#!/bin/sh
# timed.sh NAME COMMAND...: run the command, print how long it took, pass its exit code on.
name=$1
shift
begin=$(date +%s)
"$@"
code=$?
seconds=$(($(date +%s) - begin))
if [ "$code" -eq 0 ]; then outcome=passed; else outcome="failed (exit $code)"; fi
echo "$name: $outcome after $((seconds / 60)) min $((seconds % 60)) s"
exit "$code"
