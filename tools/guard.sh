# Installs what the lockfile names when it is not there yet. Runs before every script that people call.
if [ -x node_modules/.bin/node ] && [ node_modules/.package-lock.json -nt package-lock.json ]; then exit 0; fi
echo "Installing what the lockfile names …" >&2
npm ci --no-audit --no-fund
