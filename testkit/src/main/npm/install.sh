#!/bin/sh
# Installs the packages of package-lock.json into the folder named, once. Needs npm and a registry
# that npm is configured for. Prints nothing when there is nothing to do.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
there=$1
if cmp -s "$here/package-lock.json" "$there/installed.json"; then
    exit 0
fi
mkdir -p "$there"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$there/"
cd "$there"
npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json installed.json
