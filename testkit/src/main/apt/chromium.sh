#!/bin/sh
# Prints where Chromium is; installs Debian's own with apt-get if it is missing and may be installed.
set -eu
if ! command -v chromium >/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "there is no chromium; install your system's package of it" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    apt-get install -qq -y --no-install-recommends chromium >&2
fi
command -v chromium
