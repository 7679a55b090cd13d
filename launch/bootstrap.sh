# Sourced by `run` and `test`: makes .venv with what the file `wanted` pins. Needs Python 3.11 or newer and nothing else.
# Sets `python`. Everything it says goes to standard error.

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON=/path/to/python3 ./run" >&2
    return 1
}

sum() { cksum <"$here/$1" | tr ' ' '-'; }

is_installed() {
    [ -x "$python" ] && [ -f "$here/.venv/installed" ] && grep -qxF "$here $1 $(sum "$1")" "$here/.venv/installed"
}

install() {
    found=$(find_python)
    echo "Installing what $1 pins into .venv ..." >&2
    if ! "$python" -c '' 2>/dev/null && ! "$found" -m venv --clear "$here/.venv" >&2; then
        echo "Python could not make .venv. On Debian and Ubuntu install its module first: apt-get install python3-venv" >&2
        return 1
    fi
    rm -f "$here/.venv/installed"
    PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install --quiet --require-hashes \
        -r "$here/requirements/bootstrap.txt" >&2
    if ! "$python" -m uv pip sync --quiet --python "$python" --require-hashes "$here/$1" >&2; then
        echo "uv could not install; trying pip, which takes longer." >&2
        PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install --quiet --require-hashes -r "$here/$1" >&2
    fi
    "$python" -c 'import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "project.pth").write_text(sys.argv[1] + "\n")' "$here"
    echo "$here $1 $(sum "$1")" >"$here/.venv/installed"
}

# Every process of the house would compile Django anew where the surroundings forbid to keep what was compiled.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$here/.venv/pycache"

python=$here/.venv/bin/python
# The development set holds all of the run-time set, so `run` is content with either, and never takes the larger one away.
if [ -f "$here/.venv/installed" ] && grep -qF "$here requirements/dev.txt " "$here/.venv/installed"; then
    wanted=requirements/dev.txt
fi
if ! is_installed requirements/dev.txt && ! is_installed "$wanted"; then
    install "$wanted"
fi
