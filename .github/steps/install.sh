#!/bin/sh
# Install yiben: the release YIBEN_VERSION, or what YIBEN_SOURCE holds (the action's own checkout).
set -eu
extras=${YIBEN_EXTRAS:-preview}
if [ -n "${YIBEN_VERSION:-}" ]; then
  package="yiben[$extras]==$YIBEN_VERSION"
elif [ -n "${YIBEN_SOURCE:-}" ]; then
  package="yiben[$extras] @ $YIBEN_SOURCE"
  [ ! -d "$YIBEN_SOURCE" ] || package="${YIBEN_SOURCE}[$extras]"
else
  package="yiben[$extras]"
fi
python3 -m pip install --quiet --disable-pip-version-check "$package"
yiben --version
