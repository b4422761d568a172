#!/bin/sh
# The main job on an invented nation: invent, validate, profile, train, promote, confirm, recommend, serve.
# demo.sh 0 stops before serving. A demo made by the same code is used again; FRESH=1 begins anew.
cd "$(dirname "$0")/.." || exit 1
serve=${1:-1}
debtors=${DEBTORS:-3000}
seed=${SEED:-7}
as_of=${AS_OF:-2026-04-01}
chora=.venv/bin/chora
begin=$(date +%s)

# step ALLOWED COMMAND...: show and run a command; exit codes in ALLOWED count as done.
step() {
    allowed=$1
    shift
    echo
    echo "\$ chora $*"
    "$chora" "$@"
    code=$?
    case " $allowed " in *" $code "*) return "$code" ;; esac
    echo "The demo stopped here: exit code $code (docs/reference/commands.md tells what it means)."
    exit "$code"
}

is_ready() {
    [ -z "$FRESH" ] && [ -f demo/.ready ] && [ "$(cat demo/.ready)" = "$debtors $seed $as_of" ] &&
        [ -z "$(find registers law features models explain pipelines nation requirements.lock \
            \( -name '*.py' -o -name '*.yaml' -o -name '*.lock' \) -newer demo/.ready | head -1)" ]
}

if is_ready; then
    echo "The demo of an earlier run is ready in demo/ (FRESH=1 begins anew)."
else
    rm -rf demo
    step "0" nation --debtors "$debtors" --seed "$seed" --as-of "$as_of" --out demo/nation
    step "0 11" validate demo/nation --out demo/tables
    step "0" profile demo/tables --as-of "$as_of" --out demo/profile.parquet
    step "0 13" train demo/tables --as-of "$as_of" --store demo/store
    trained=$?
    version=$(ls -t demo/store/models | head -1)
    if [ "$trained" -eq 0 ]; then
        step "0" promote "$version" --store demo/store --by "Invented Analyst" \
            --reason "The demo's first model."
        step "0" confirm "$version" --store demo/store --by "Another Colleague" \
            --reason "Read the gates above; no model answers yet."
    else
        echo "A gate failed, so $version stays a candidate; the demo recommends with it and says so."
    fi
    step "0 11" recommend demo/tables --questions demo/nation/questions.parquet \
        --store demo/store --out demo/out
    echo "$debtors $seed $as_of" >demo/.ready
fi

seconds=$(($(date +%s) - begin))
echo
echo "Registers    demo/nation/registers (the truth behind them: demo/nation/truth)"
echo "Validation   demo/tables/report.html"
echo "Ranking      demo/out/recommendations.parquet, excluded.parquet, explanations.parquet"
echo "Store        demo/store (models, MLflow, decisions, ledger)"
.venv/bin/python scripts/show_case.py demo/out
echo "make demo: done after $((seconds / 60)) min $((seconds % 60)) s"

if [ "$serve" != 0 ]; then
    echo
    echo "\$ chora serve --store demo/store --tables demo/tables --demo"
    exec "$chora" serve --store demo/store --tables demo/tables --demo
fi
