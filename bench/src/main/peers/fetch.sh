#!/usr/bin/env bash
# Fetches the other servers into the folder named, once: Keycloak from Maven Central, oidc-provider
# and the Node that runs it from npm. Needs Maven, npm and registries they are configured for.
set -euo pipefail
there=$1
keycloak=26.7.3
provider=9.13.3
node=22

mkdir -p "$there"
if [ ! -f "$there/keycloak/built" ]; then
  echo "bench: fetching and building Keycloak $keycloak …" >&2
  mvn -B -ntp -q dependency:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:$keycloak:tar.gz \
    -DoutputDirectory="$there" -Dmdep.overWriteReleases=false >&2
  rm -rf "$there/keycloak"
  mkdir "$there/keycloak"
  tar -xzf "$there/keycloak-quarkus-dist-$keycloak.tar.gz" -C "$there/keycloak" --strip-components=1
  rm "$there/keycloak-quarkus-dist-$keycloak.tar.gz"
  "$there/keycloak/bin/kc.sh" build --db=dev-mem --health-enabled=false --metrics-enabled=false >"$there/keycloak-build.log" 2>&1 </dev/null
  touch "$there/keycloak/built"
fi
if [ ! -f "$there/npm/$provider" ]; then
  echo "bench: fetching oidc-provider $provider …" >&2
  mkdir -p "$there/npm"
  npm install --prefix "$there/npm" --no-save --no-audit --no-fund --loglevel=error \
    "oidc-provider@$provider" "node@$node" >&2 </dev/null
  touch "$there/npm/$provider"
fi
