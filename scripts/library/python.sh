# The Python of the tests that need more than Debian's packages.
# shellcheck shell=bash

# python_environment REQUIREMENTS: a virtual environment with exactly those packages, made again when they change;
# prints its interpreter. Debian's own packages, such as pika, are seen from it.
python_environment() {
    local folder=$ROOT/.build/python mark
    mark=$(sha256sum "$1")
    if [[ $(cat "$folder/made-of" 2>/dev/null) != "$mark" ]]; then
        rm -rf -- "$folder"
        mkdir -p "$ROOT/.build"
        { /usr/bin/python3 -m venv --system-site-packages "$folder" &&
            "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$1"; } >"$folder.log" 2>&1 ||
            fail "the packages of ${1#"$ROOT/"} could not be had" "$(tail -n 3 "$folder.log")"
        printf '%s' "$mark" >"$folder/made-of"
    fi
    printf '%s\n' "$folder/bin/python"
}
