#!/bin/sh
# What only the system's package manager can give. As root on Debian or Ubuntu the missing packages
# are installed; elsewhere the script says what is missing, and tests that need it are skipped.
#   prepare_machine.sh venv PYTHON   Python's venv module and the OpenMP library of LightGBM
#   prepare_machine.sh browser       Chromium and a font with Uzbek letters, for the browser tests
#   prepare_machine.sh postgres      PostgreSQL's server, which scripts/postgres.sh starts for the tests

can_install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null
}

install() {
    echo "Installing $* with apt-get"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

need() {
    what=$1
    shift
    if can_install && install "$@"; then return 0; fi
    echo "$what: not installed here (packages: $*)."
    return 1
}

has_openmp() {
    ldconfig -p 2>/dev/null | grep -q 'libgomp\.so\.1' || [ "$(uname -s)" != Linux ]
}

has_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        command -v google-chrome >/dev/null
}

has_fonts() {
    fc-list ':lang=uz' 2>/dev/null | grep -q .
}

has_postgres() {
    command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# Debian would make a cluster of its own and start it: ours are throw-away ones.
install_postgres() {
    if can_install && install postgresql-common; then
        sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    need "PostgreSQL's server for its tests, which are skipped" postgresql
}

case $1 in
venv)
    if ! "$2" -c 'import ensurepip, venv' 2>/dev/null; then
        need "Python's venv module" "$("$2" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || exit 1
    fi
    has_openmp || need "OpenMP, which LightGBM runs on" libgomp1 || exit 1
    ;;
browser)
    has_chromium || need "Chromium for the browser tests, which are skipped" chromium
    has_fonts || need "Fonts for the browser tests" fontconfig fonts-noto-core
    exit 0
    ;;
postgres)
    has_postgres || install_postgres
    exit 0
    ;;
*)
    echo "usage: prepare_machine.sh venv PYTHON | browser | postgres"
    exit 2
    ;;
esac
