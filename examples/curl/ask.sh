#!/bin/sh
# curl and nothing else: one question, as JSON by POST and in the address by GET.
set -eu
address=${HOINGHI_URL:-http://127.0.0.1:8000/graphql}
query='{ people(first: 3) { totalCount nodes { name } } }'

curl -fsS "$address" -H 'content-type: application/json' -d "{ \"query\": \"$query\" }"
echo
curl -fsS --get "$address" --data-urlencode "query=$query"
echo
