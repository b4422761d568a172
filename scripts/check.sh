#!/bin/sh
# Every check runs, also after one failed, so that one run shows all there is to mend.
cd "$(dirname "$0")/.." || exit 1
rooms="registers law features models explain pipelines serving ledger nation chora"
failed=""

# What a tool says is shown only where it found something.
run() {
    name=$1
    shift
    if said=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "$said"
        echo "FAILED  $name"
        failed="$failed $name;"
    fi
}

run format .venv/bin/ruff format --quiet --check .
run lint .venv/bin/ruff check --quiet .
# shellcheck disable=SC2086 # the rooms are words on purpose
run types .venv/bin/mypy --strict --no-error-summary $rooms tests scripts
run layers .venv/bin/lint-imports --config .importlinter --no-cache
run spelling .venv/bin/codespell
run "features page" .venv/bin/python -m features.document --check
run "generated docs" .venv/bin/python scripts/generate_docs.py --check

if [ -n "$failed" ]; then
    echo "To mend:$failed"
    exit 1
fi
