#!/usr/bin/env bash
# Installs what the tests of hosts need beside web servers: Cloudflare's own server, Netlify's own parser, Amazon's command, and a server that
# stands in for Amazon S3. Without them those tests say so and are left out. About 500 MB.
#
#   scripts/host-tools.sh [FOLDER]     .tools/hosts, where the tests look; for another folder set PUTRIGHT_HOST_TOOLS to it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly WRANGLER=4.86.0 NETLIFY_PARSER=7.1.4 MOTO=5.2.5 AWS=1.46.3
folder="${1:-.tools/hosts}"
wanted="$WRANGLER $NETLIFY_PARSER $MOTO $AWS"
if [ "$(cat "$folder/versions" 2>/dev/null)" = "$wanted" ]; then exit; fi
mkdir -p "$folder"
# No install scripts: the servers come as packages of their own.
npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
  "wrangler@$WRANGLER" "netlify-headers-parser@$NETLIFY_PARSER"
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet "moto[server,s3]==$MOTO" "awscli==$AWS"
echo "$wanted" >"$folder/versions"
