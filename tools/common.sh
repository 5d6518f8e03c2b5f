# Sourced by every script of this folder: strict shell, a clean environment, the checkout's root as the working folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Each of these, inherited from a QGIS or conda shell, makes one environment load the other's libraries.
unset PROJ_LIB PROJ_DATA GDAL_DATA GDAL_DRIVER_PATH LD_LIBRARY_PATH QT_PLUGIN_PATH
unset PYTHONPATH PYTHONHOME PYTHONEXECUTABLE VIRTUAL_ENV

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*"; }

fail() {
    printf 'changeseek: %s\n' "$*" >&2
    exit 1
}

# The same files in the same place give the same line; a moved checkout gives another one, because scripts in a
# virtual environment hold its absolute path.
fingerprint() {
    { printf '%s\n' "$PWD" && cat "$@"; } | sha256sum | cut -d ' ' -f 1
}

# up_to_date STAMP FINGERPRINT COMMAND...: the stamp says so and the command still runs.
up_to_date() {
    local stamp=$1 wanted=$2
    shift 2
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && "$@" >/dev/null 2>&1
}

# True where a virtual environment was made in this very place and still has its Python and its pip.
in_place() {
    grep -qF -- "$PWD/$1" "$1/pyvenv.cfg" 2>/dev/null && "$1/bin/python" -c 'import pip' 2>/dev/null
}

is_root() { [ "$(id -u)" = 0 ]; }

# Asks before the system is changed: not in CI, and not where nobody sits (a container's build as root).
may_install() {
    [ "${CI:-}" = true ] && return
    if [ -t 0 ]; then
        local answer
        read -r -p "Install $1 with apt-get? [Y/n] " answer
        [[ "$answer" =~ ^([yY].*|)$ ]] && return
        fail "$1 is needed and was not installed. Install it yourself, then run make again."
    fi
    is_root || fail "$1 is needed. Install it, or run make again in a terminal or with CI=true."
}

as_root() {
    if is_root; then "$@"; else sudo "$@"; fi
}

apt_get() {
    command -v apt-get >/dev/null || fail "this system has no apt-get. Install what is missing by hand."
    is_root || command -v sudo >/dev/null || fail "apt-get needs root and sudo is missing. Run make as root once."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null
}
